package io.millrace.ingress.backpressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.JobProgress;
import io.millrace.cache.ProgressStore;
import io.millrace.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class QueueMeterTest {

  private static final TopicPartition FIRST = new TopicPartition(Topic.REQUESTS.name(), 0);
  private static final TopicPartition SECOND = new TopicPartition(Topic.REQUESTS.name(), 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private CompletableFuture<Optional<JobProgress>> progress =
      CompletableFuture.completedFuture(Optional.empty());

  @Test
  void withoutAJobAllThatIsInTheLogWaits() {
    log(Map.of(FIRST, 100L, SECOND, 0L), Map.of(FIRST, 130L, SECOND, 20L));

    QueueReading reading = measure();

    assertThat(reading.depth()).isEqualTo(50);
    assertThat(reading.live()).isFalse();
  }

  @Test
  void committedOffsetsAreAllThereIsWhenTheJobSaysNothing() {
    log(Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 130L, SECOND, 20L));
    commit(FIRST, 120);

    assertThat(measure()).isEqualTo(new QueueReading(150, 120, false));
  }

  @Test
  void theJobKnowsMoreThanItHasCommitted() {
    log(Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 130L, SECOND, 20L));
    commit(FIRST, 50);
    commit(SECOND, 15);
    // It has read nothing of the second partition since it started.
    job(new JobProgress(Map.of(0, 110L), 30));

    assertThat(measure()).isEqualTo(new QueueReading(150, 110 + 15 - 30, true));
  }

  @Test
  void whatItReadAfterTheEndsWereAskedForIsNotInTheQueue() {
    log(Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 130L, SECOND, 20L));
    job(new JobProgress(Map.of(0, 140L, 1, 20L), 10));

    assertThat(measure().depth()).isEqualTo(10);
  }

  @Test
  void whatIsDeletedFromTheLogDoesNotWait() {
    log(Map.of(FIRST, 100L, SECOND, 0L), Map.of(FIRST, 130L, SECOND, 0L));
    commit(FIRST, 40);

    assertThat(measure().depth()).isEqualTo(30);
  }

  @Test
  void countsThatDoNotFitTogetherGiveNoNonsense() {
    log(Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 10L, SECOND, 0L));
    job(new JobProgress(Map.of(0, 10L), -3));
    assertThat(measure().depth()).isZero();

    job(new JobProgress(Map.of(0, 5L), 1_000));
    assertThat(measure().depth()).isEqualTo(10);
  }

  @Test
  void withoutRedisItMeasuresAllTheSame() {
    log(Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 130L, SECOND, 20L));
    commit(FIRST, 130);
    progress = CompletableFuture.failedFuture(new CacheUnavailableException("away", null));

    assertThat(measure()).isEqualTo(new QueueReading(150, 130, false));
  }

  private QueueReading measure() {
    return new QueueMeter(consumer, new Reported()).measure();
  }

  private void log(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
    Node broker = new Node(0, "localhost", 9092);
    Node[] brokers = {broker};
    consumer.updatePartitions(
        Topic.REQUESTS.name(),
        List.of(
            new PartitionInfo(Topic.REQUESTS.name(), 0, broker, brokers, brokers),
            new PartitionInfo(Topic.REQUESTS.name(), 1, broker, brokers, brokers)));
    consumer.updateBeginningOffsets(beginnings);
    consumer.updateEndOffsets(ends);
    consumer.assign(List.of(FIRST, SECOND));
  }

  private void commit(TopicPartition partition, long offset) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
  }

  private void job(JobProgress reported) {
    progress = CompletableFuture.completedFuture(Optional.of(reported));
  }

  private final class Reported implements ProgressStore {

    @Override
    public CompletableFuture<Void> publish(String process, JobProgress reported) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> withdraw(String process) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Optional<JobProgress>> read() {
      return progress;
    }

    @Override
    public void close() {}
  }
}
