package io.millrace.local.cluster.scaling;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes distinct requests to Kafka faster than they can be answered, and times the answers. */
final class PreloadedTopic {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** The first part warms up what is cold; in the last one not all are busy. */
  private static final double EDGE = 0.2;

  private final String kafka;
  private final Clock clock;

  PreloadedTopic(String kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * Drains so many requests through the job.
   *
   * @return requests a second, of the middle three fifths
   * @throws CommandFailedException when one has no result, has two, or did not succeed
   */
  double drain(int requests) throws InterruptedException {
    ResultAudit audit = new ResultAudit();
    try (CommittedResults results = CommittedResults.open(kafka, From.NOW, audit)) {
      List<String> jobs = write(requests);
      if (!results.await(jobs, TIMEOUT)) {
        throw new CommandFailedException(
            "%,d of %,d jobs had no result after %d minutes"
                .formatted(audit.missing(jobs), requests, TIMEOUT.toMinutes()));
      }
      if (audit.duplicateResults() > 0) {
        throw new CommandFailedException(
            "%,d results too many".formatted(audit.duplicateResults()));
      }
      return perSecond(audit.results(jobs).stream().map(PreloadedTopic::completion).toList());
    }
  }

  /** The rate of the middle of them. */
  static double perSecond(List<Instant> completions) {
    List<Instant> sorted = completions.stream().sorted().toList();
    int from = (int) (sorted.size() * EDGE);
    int to = (int) (sorted.size() * (1 - EDGE)) - 1;
    return (to - from)
        * 1e9
        / Math.max(1, Duration.between(sorted.get(from), sorted.get(to)).toNanos());
  }

  private static Instant completion(InferenceResult result) {
    if (result.getStatus() != ResultStatus.SUCCEEDED) {
      throw new CommandFailedException("A job did not succeed: " + result.getError());
    }
    return result.getCompletedAt();
  }

  private List<String> write(int requests) {
    List<String> jobs = new ArrayList<>(requests);
    try (KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(kafka)) {
      for (int i = 0; i < requests; i++) {
        String job = UUID.randomUUID().toString();
        jobs.add(job);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topic.REQUESTS.name(), MessageCodec.COMMANDS.encode(command(job))));
      }
      producer.flush();
    }
    return jobs;
  }

  private InferenceCommand command(String job) {
    return InferenceCommand.newBuilder()
        .setJobId(job)
        .setModel(RemoteModel.VERSION.model())
        .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .setCommand(
            Submit.newBuilder()
                .setInputs(List.of(Tensors.ofStrings(RemoteModel.INPUT, List.of(job))))
                .build())
        .build();
  }
}
