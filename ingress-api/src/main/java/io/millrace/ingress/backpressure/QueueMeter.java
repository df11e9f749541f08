package io.millrace.ingress.backpressure;

import io.millrace.cache.JobProgress;
import io.millrace.cache.ProgressStore;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Measures the queue. Finished is what the job has read, less what it has in flight:
 *
 * <pre>
 *            beginning            position          end
 * partition ─────┴───────────────────┼───────────────┴─▶
 *                 finished │ in flight     unread
 * </pre>
 *
 * The position is where the job says it is, or what it has committed: whichever is further. When
 * the job says nothing, or Redis, where it would, is away, its committed offsets are all there is.
 */
public final class QueueMeter {

  private static final Duration ASK = Duration.ofSeconds(2);

  private final Consumer<?, ?> consumer;
  private final ProgressStore progress;

  /**
   * @param consumer of the job's consumer group, but not a member of it
   */
  public QueueMeter(Consumer<?, ?> consumer, ProgressStore progress) {
    this.consumer = consumer;
    this.progress = progress;
  }

  /**
   * Measures; takes as long as Kafka and Redis do.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer in time
   */
  public QueueReading measure() {
    CompletableFuture<Optional<JobProgress>> asked = progress.read();
    Set<TopicPartition> partitions =
        consumer.partitionsFor(Topic.REQUESTS.name(), ASK).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    // First: what is let in from now on counts until the next measurement.
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, ASK);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, ASK);
    JobProgress job = asked.exceptionally(away -> Optional.empty()).join().orElse(null);
    long accepted = 0;
    long read = 0;
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, beginning);
      accepted += end;
      read += Math.min(end, Math.max(beginning, position(partition, committed, job)));
    }
    long inFlight = job == null ? 0 : Math.max(0, job.inFlight());
    return new QueueReading(accepted, read - Math.min(read, inFlight), job != null);
  }

  private static long position(
      TopicPartition partition,
      Map<TopicPartition, OffsetAndMetadata> committed,
      @Nullable JobProgress job) {
    OffsetAndMetadata commit = committed.get(partition);
    long position = commit == null ? 0 : commit.offset();
    return job == null
        ? position
        : Math.max(position, job.positions().getOrDefault(partition.partition(), 0L));
  }
}
