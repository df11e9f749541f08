package io.millrace.ingress.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.JobEntry;
import io.millrace.cache.TopicProgress;
import io.millrace.ingress.FakeJobProjection;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read when, and what is noted, with a consumer and a store in memory. */
final class TopicFollowerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final TopicPartition REQUESTS = new TopicPartition(Topic.REQUESTS.name(), 0);
  private static final TopicPartition RESULTS = new TopicPartition(Topic.RESULTS.name(), 0);

  private final FakeJobProjection store = new FakeJobProjection();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OldestConsumer consumer = new OldestConsumer();
  private final OldestConsumer heads = new OldestConsumer();
  private final ProjectionMetrics metrics = new ProjectionMetrics(registry);
  private final TopicFollower follower =
      new TopicFollower(
          consumer,
          heads,
          new RecordEntries(store, metrics),
          Duration.ofHours(24),
          Clock.fixed(NOW, ZoneOffset.UTC),
          metrics.follower(),
          new Outage("Kafka", "job"),
          new Outage("The store", "job"));

  /** Finds the oldest record that matters at the offset that a test says. */
  private static final class OldestConsumer extends MockConsumer<byte[], byte[]> {

    private OptionalLong oldest = OptionalLong.empty();

    OldestConsumer() {
      super("earliest");
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times, Duration timeout) {
      assertThat(times).containsValue(NOW.minus(Duration.ofHours(24)).toEpochMilli());
      return oldest.isEmpty()
          ? Map.of()
          : Map.of(
              times.keySet().iterator().next(),
              new OffsetAndTimestamp(oldest.getAsLong(), NOW.toEpochMilli()));
    }
  }

  @BeforeEach
  void assign() {
    for (TopicPartition partition : List.of(REQUESTS, RESULTS)) {
      consumer.updatePartitions(
          partition.topic(),
          List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), null, null)));
    }
    consumer.updateBeginningOffsets(Map.of(REQUESTS, 0L, RESULTS, 0L));
    ends(0, 0);
    consumer.subscribe(follower.topics(), follower);
    consumer.rebalance(List.of(REQUESTS, RESULTS));
    consumer.pause(consumer.assignment()); // The mock does not tell its listener.
  }

  private void ends(long requests, long results) {
    heads.updateEndOffsets(Map.of(REQUESTS, requests));
    consumer.updateEndOffsets(Map.of(RESULTS, results));
  }

  private void oldest(long offset) {
    consumer.oldest = OptionalLong.of(offset);
    heads.oldest = OptionalLong.of(offset);
  }

  private void request(long offset, InferenceCommand command) {
    record(REQUESTS, offset, "fingerprint", MessageCodec.COMMANDS.encode(command));
  }

  private void result(long offset, String job) {
    record(RESULTS, offset, job, MessageCodec.RESULTS.encode(finished(job)));
  }

  private void record(TopicPartition partition, long offset, String key, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(), 0, offset, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private static InferenceCommand submit(String job) {
    Submit submit = Submit.newBuilder().setInputs(List.of()).build();
    return new InferenceCommand(job, "default", "m", null, NOW, null, submit);
  }

  private static InferenceResult finished(String job) {
    InferenceResult result = new InferenceResult();
    result.setJobId(job);
    result.setTenant("default");
    result.setModel("m");
    result.setFingerprint("fingerprint");
    result.setStatus(ResultStatus.SUCCEEDED);
    result.setOutputs(List.of());
    result.setCreatedAt(NOW);
    result.setCompletedAt(NOW);
    return result;
  }

  private double counter(String name, String... tags) {
    return registry.get("millrace.job.projection." + name).tags(tags).counter().count();
  }

  private double lag(TopicPartition partition) {
    return registry
        .get("millrace.job.projection.lag.records")
        .tag("topic", partition.topic())
        .gauge()
        .value();
  }

  @Test
  void emptyTopicsAreCompleteAtOnce() {
    // When: the results, then the requests
    follower.round();
    follower.round();

    // Then
    assertThat(store.completeUntil(RESULTS.topic())).isEqualTo(NOW);
    assertThat(store.completeUntil(REQUESTS.topic())).isEqualTo(NOW);
  }

  @Test
  void requestsAreReadOnceAllResultsAreThere() {
    // Given
    ends(1, 3);
    oldest(0);
    follower.round();
    result(0, "a");
    result(1, "b");

    // When
    follower.round();

    // Then
    assertThat(store.entries()).containsOnlyKeys("a", "b");
    assertThat(store.offset(RESULTS.topic())).isEqualTo(2);
    assertThat(store.completeUntil(RESULTS.topic())).isNull();
    assertThat(store.offset(REQUESTS.topic())).isNull();
    assertThat(lag(RESULTS)).isEqualTo(1);

    // When
    result(2, "c");
    follower.round();
    follower.round();
    request(0, submit("a"));
    follower.round();

    // Then
    assertThat(store.entries().values()).hasOnlyElementsOfType(JobEntry.Finished.class);
    assertThat(store.completeUntil(REQUESTS.topic())).isEqualTo(NOW);
    assertThat(counter("written", "entry", "finished")).isEqualTo(3);
    assertThat(counter("written", "entry", "accepted")).isZero();
  }

  @Test
  void acknowledgedRequestBehindAnOpenTransactionIsMissing() {
    // Given: committed readers see nothing of it
    follower.round();
    heads.oldest = OptionalLong.of(4);
    ends(5, 0);

    // When
    follower.round();
    follower.round();

    // Then
    assertThat(store.offset(REQUESTS.topic())).isEqualTo(4);
    assertThat(store.completeUntil(REQUESTS.topic())).isNull();
    assertThat(lag(REQUESTS)).isEqualTo(1);
  }

  @Test
  void onlySubmissionsThatTheJobTakesAreNoted() {
    // Given
    follower.round();
    follower.round();
    InferenceCommand wrong = submit("wrong");
    wrong.setFingerprint("of another content");
    InferenceCommand cancel = submit("cancelled");
    cancel.setCommand(new Cancel());

    // When
    request(0, submit("a"));
    request(1, wrong);
    request(2, cancel);
    request(3, submit("x".repeat(70_000)));
    record(REQUESTS, 4, "k", new byte[] {1, 2, 3});
    ends(5, 0);
    follower.round();

    // Then
    assertThat(store.entries()).containsOnlyKeys("a");
    assertThat(store.offset(REQUESTS.topic())).isEqualTo(5);
    assertThat(store.completeUntil(REQUESTS.topic())).isEqualTo(NOW);
    assertThat(counter("skipped")).isEqualTo(2);
  }

  @Test
  void resultThatIsThereIsNotDecoded() {
    // Given
    JobEntry known = new JobEntry.Finished(finished("a"));
    store.entries().put("a", known);
    follower.round();

    // When
    record(RESULTS, 0, "a", new byte[] {1, 2, 3});
    record(RESULTS, 1, "b", new byte[] {1, 2, 3});
    ends(0, 2);
    follower.round();

    // Then
    assertThat(store.entries()).containsOnly(Map.entry("a", known));
    assertThat(counter("skipped")).isEqualTo(1);
  }

  @Test
  void emptiedStoreIsFilledAgain() {
    // Given
    oldest(0);
    follower.round();
    result(0, "a");
    ends(0, 1);
    follower.round();
    follower.round();
    assertThat(store.completeUntil(REQUESTS.topic())).isEqualTo(NOW);

    // When
    store.empty();
    follower.round();

    // Then: nothing is noted for a store that has lost what it stands for
    assertThat(store.offset(RESULTS.topic())).isNull();
    assertThat(store.completeUntil(REQUESTS.topic())).isNull();

    // When
    follower.round();
    result(0, "a");
    follower.round();
    follower.round();

    // Then
    assertThat(store.entries()).containsOnlyKeys("a");
    assertThat(store.completeUntil(REQUESTS.topic())).isEqualTo(NOW);
    assertThat(counter("starts")).isEqualTo(4);
  }

  @Test
  void storeThatWasAwayIsBroughtOnFromWhereItStands() {
    // Given
    follower.round();
    follower.round();
    result(0, "a");
    ends(0, 2);
    follower.round();

    // When
    store.away(new CacheUnavailableException("away", null));
    result(1, "b");
    follower.round();
    follower.round();

    // Then
    assertThat(store.offset(RESULTS.topic())).isEqualTo(1);
    assertThat(consumer.paused()).containsExactlyInAnyOrder(REQUESTS, RESULTS);

    // When
    store.away(null);
    result(1, "b");
    follower.round();

    // Then
    assertThat(store.entries()).containsOnlyKeys("a", "b");
    assertThat(store.offset(RESULTS.topic())).isEqualTo(2);
    assertThat(consumer.paused()).isEmpty();
    assertThat(counter("starts")).isEqualTo(2);
  }

  @Test
  void withoutOldRecordsThatMatterReadingBeginsAtTheEnd() {
    // Given
    ends(7, 9);

    // When
    follower.round();
    follower.round();

    // Then
    assertThat(store.offset(RESULTS.topic())).isEqualTo(9);
    assertThat(store.offset(REQUESTS.topic())).isEqualTo(7);
  }

  @Test
  void topicThatWasMadeAnewIsNotTakenForRead() {
    // Given
    ends(7, 9);
    follower.round();
    follower.round();
    store.empty();
    follower.round();
    store.advance(RESULTS.topic(), step(9)).join();

    // When
    ends(0, 2);
    follower.round();

    // Then
    assertThat(store.completeUntil(RESULTS.topic())).isNull();
  }

  private static TopicProgress.Step step(long to) {
    return new TopicProgress.Step(0, 1, null, to, null);
  }
}
