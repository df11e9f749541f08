package io.millrace.ingress.projection;

import io.millrace.cache.JobEntry;
import io.millrace.cache.JobProjection;
import io.millrace.cache.JobStage;
import io.millrace.cache.TopicProgressStore;
import io.millrace.schemas.ContentType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the entries that records tell of and the store lacks. The API and the job have usually
 * written them already, so each job is looked up first, and a result is decoded only when it must
 * be written.
 */
final class RecordEntries implements Projection {

  private static final Logger log = LoggerFactory.getLogger(RecordEntries.class);

  static final String NAME = "job";

  static final List<String> TOPICS = List.of(Topic.REQUESTS.name(), Topic.RESULTS.name());

  /** The job refuses longer ones. */
  private static final int MAX_NAME_LENGTH = 200;

  private final JobProjection store;
  private final ProjectionMetrics metrics;

  RecordEntries(JobProjection store, ProjectionMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * The requests come only once all results are there, so that no job that has ended reads as
   * queued. An acknowledged submission may stand behind somebody's open transaction; a result is
   * one when it is committed.
   */
  @Override
  public List<Source> sources() {
    return List.of(
        new Source(Topic.RESULTS.name(), false, null),
        new Source(Topic.REQUESTS.name(), true, Topic.RESULTS.name()));
  }

  @Override
  public TopicProgressStore store() {
    return store;
  }

  @Override
  public void write(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, InferenceCommand> submissions = new HashMap<>();
    Map<String, byte[]> results = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(Topic.RESULTS.name())) {
        result(record, results);
      } else {
        submission(record, submissions);
      }
    }
    Set<String> jobs = new HashSet<>(submissions.keySet());
    jobs.addAll(results.keySet());
    if (jobs.isEmpty()) {
      return;
    }
    Map<String, JobStage> stages = Awaiting.get(store.stages(jobs));
    List<CompletableFuture<?>> writes = new ArrayList<>();
    submissions.forEach(
        (job, command) -> {
          if (stages.get(job) == JobStage.UNKNOWN) {
            accepted(command, writes::add);
          }
        });
    results.forEach(
        (job, value) -> {
          if (stages.get(job) != JobStage.FINISHED) {
            finished(value, writes::add);
          }
        });
    Awaiting.get(CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new)));
  }

  private void result(ConsumerRecord<byte[], byte[]> record, Map<String, byte[]> results) {
    if (record.key() == null || record.value() == null) {
      metrics.skipped();
    } else {
      results.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
    }
  }

  private void submission(
      ConsumerRecord<byte[], byte[]> record, Map<String, InferenceCommand> submissions) {
    try {
      Header type = record.headers().lastHeader(ContentType.HEADER);
      InferenceCommand command =
          MessageCodec.COMMANDS.decode(
              record.value(),
              type == null ? null : type.value(),
              Instant.ofEpochMilli(record.timestamp()));
      if (command.getCommand() instanceof Submit && isNamed(command)) {
        // The first one counts, as it does for the job.
        submissions.putIfAbsent(command.getJobId(), command);
      }
    } catch (DecodeException e) {
      // It is in the dead letters, or will be.
      skip(e);
    }
  }

  private static boolean isNamed(InferenceCommand command) {
    return command.getJobId().length() <= MAX_NAME_LENGTH
        && command.getModel().length() <= MAX_NAME_LENGTH
        && command.getTenant().length() <= MAX_NAME_LENGTH;
  }

  private void accepted(InferenceCommand command, Consumer<CompletableFuture<?>> writes) {
    Submit submit = (Submit) command.getCommand();
    String claimed = command.getFingerprint();
    String fingerprint = Fingerprint.of(command.getTenant(), command.getModel(), submit);
    if (claimed != null && !claimed.equals(fingerprint)) {
      metrics.skipped(); // The job refuses it.
      return;
    }
    writes.accept(
        store
            .restore(JobEntry.Accepted.of(command, submit))
            .thenAccept(
                written -> {
                  if (written) {
                    metrics.wroteAccepted();
                  }
                }));
  }

  private void finished(byte[] value, Consumer<CompletableFuture<?>> writes) {
    try {
      writes.accept(
          store
              .restore(new JobEntry.Finished(MessageCodec.RESULTS.decode(value)))
              .thenAccept(
                  written -> {
                    if (written) {
                      metrics.wroteFinished();
                    }
                  }));
    } catch (DecodeException e) {
      skip(e);
    }
  }

  private void skip(DecodeException failure) {
    metrics.skipped();
    log.debug("Passed over a record that cannot be read", failure);
  }
}
