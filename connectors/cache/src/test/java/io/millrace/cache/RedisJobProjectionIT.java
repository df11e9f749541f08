package io.millrace.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cache.JobProjection.LookUp;
import io.millrace.cache.TopicProgress.Step;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RedisJobProjectionIT {

  private static final Duration TTL = Duration.ofHours(1);
  private static final Instant NOW = Results.CREATED_AT.plus(Duration.ofMinutes(45));
  private static final Instant UNTIL = Instant.parse("2026-11-01T12:44:00.500Z");

  private static EmbeddedRedis redis;
  private static RawRedis raw;

  private RedisJobProjection projection;
  private RedisJobStore store;
  private String name;

  @BeforeAll
  static void startRedis(@TempDir Path directory) {
    redis = EmbeddedRedis.start(directory, 0);
    raw = new RawRedis(redis.uri());
  }

  @AfterAll
  static void stopRedis() {
    raw.close();
    redis.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    name = test.getDisplayName();
    store = RedisJobStore.open(RawRedis.patient(redis.uri()), TTL);
    projection = at(NOW);
  }

  @AfterEach
  void close() {
    projection.close();
    store.close();
  }

  private static RedisJobProjection at(Instant now) {
    return RedisJobProjection.open(
        RawRedis.patient(redis.uri()), TTL, Clock.fixed(now, ZoneOffset.UTC));
  }

  private JobEntry.Accepted accepted() {
    return new JobEntry.Accepted(
        name, "acme", "support-desk", null, Results.CREATED_AT, "fingerprint");
  }

  private JobEntry.Finished finished() {
    return new JobEntry.Finished(Results.succeeded(name, "fingerprint"));
  }

  private long ttlMillis() {
    return raw.commands().pttl(RedisJobStore.key(name));
  }

  @Test
  void knowsNothingOfATopicThatWasNeverRead() {
    // When // Then
    assertThat(projection.progress(name).join())
        .isEqualTo(new TopicProgress(Map.of(), Optional.empty()));
  }

  @Test
  void topicIsCompleteWhenAllItsPartitionsAre() {
    // When
    projection.advance(name, new Step(0, 2, null, 7, UNTIL.plusSeconds(1))).join();
    projection.advance(name, new Step(1, 2, null, 3, null)).join();
    TopicProgress half = projection.progress(name).join();
    projection.advance(name, new Step(1, 2, 3L, 5, UNTIL)).join();

    // Then
    assertThat(half).isEqualTo(new TopicProgress(Map.of(0, 7L, 1, 3L), Optional.empty()));
    assertThat(projection.progress(name).join())
        .isEqualTo(new TopicProgress(Map.of(0, 7L, 1, 5L), Optional.of(UNTIL)));
  }

  @Test
  void partitionThatIsAddedMakesTheTopicIncomplete() {
    // Given
    projection.advance(name, new Step(0, 1, null, 7, UNTIL)).join();

    // When
    projection.advance(name, new Step(0, 2, 7L, 8, UNTIL)).join();

    // Then
    assertThat(projection.progress(name).join().completeUntil()).isEmpty();
  }

  @Test
  void goesOnOnlyFromWhereTheStoreStands() {
    // Given
    projection.advance(name, new Step(0, 1, null, 7, null)).join();

    // When
    boolean again = projection.advance(name, new Step(0, 1, null, 9, UNTIL)).join();
    boolean other = projection.advance(name, new Step(0, 1, 6L, 9, UNTIL)).join();
    raw.commands().del(RedisJobProjection.key(name));
    boolean emptied = projection.advance(name, new Step(0, 1, 7L, 9, UNTIL)).join();

    // Then
    assertThat(List.of(again, other, emptied)).containsOnly(false);
    assertThat(projection.progress(name).join().offsets()).isEmpty();
  }

  @Test
  void tellsHowMuchIsKnownOfJobs() {
    // Given
    store.accepted(accepted()).join();
    store.finished(Results.failed(name + " finished", "fingerprint")).join();

    // When // Then
    assertThat(projection.stages(List.of(name, name + " finished", "nobody", name)).join())
        .containsOnly(
            Map.entry(name, JobStage.ACCEPTED),
            Map.entry(name + " finished", JobStage.FINISHED),
            Map.entry("nobody", JobStage.UNKNOWN));
    assertThat(projection.stages(List.of()).join()).isEmpty();
  }

  @Test
  void restoredEntriesHaveWhatIsLeftOfTheirTime() {
    // When
    boolean noted = projection.restore(accepted()).join();
    long acceptedTtl = ttlMillis();
    boolean kept = projection.restore(finished()).join();
    long finishedTtl = ttlMillis();

    // Then
    assertThat(noted && kept).isTrue();
    assertThat(List.of(acceptedTtl, finishedTtl))
        .allSatisfy(ttl -> assertThat(ttl).isBetween(14 * 60_000L, 15 * 60_000L + 40));
    assertThat(store.find(name).join()).contains(finished());
  }

  @Test
  void entryIsNotKeptLongerThanItsTimeNorWrittenAfterIt() {
    try (RedisJobProjection early = at(Results.CREATED_AT.minusSeconds(600));
        RedisJobProjection late = at(Results.CREATED_AT.plus(TTL).plusMillis(40))) {
      // When
      boolean tooLate = late.restore(accepted()).join() || late.restore(finished()).join();
      boolean fromTheFuture = early.restore(finished()).join();

      // Then
      assertThat(tooLate).isFalse();
      assertThat(fromTheFuture).isTrue();
      assertThat(ttlMillis()).isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
    }
  }

  @Test
  void whatIsKnownIsNotOverwritten() {
    // Given
    InferenceResult known = Results.failed(name, "fingerprint");
    store.finished(known).join();

    // When
    boolean written =
        projection.restore(accepted()).join() || projection.restore(finished()).join();

    // Then
    assertThat(written).isFalse();
    assertThat(store.find(name).join()).contains(new JobEntry.Finished(known));
    assertThat(ttlMillis()).isGreaterThan(16 * 60_000L);
  }

  @Test
  void whoWaitsHearsOfARestoredResult() {
    // Given
    CompletableFuture<Void> waiting = store.whenFinished(name);

    // When
    projection.restore(finished()).join();

    // Then
    assertThat(waiting).succeedsWithin(20, SECONDS);
  }

  @Test
  void lookUpFindsTheJobAndSaysHowFarTheTopicIs() {
    // Given
    LookUp nothing = projection.lookUp(name, name).join();
    projection.advance(name, new Step(0, 1, null, 7, UNTIL)).join();

    // When
    LookUp missing = projection.lookUp(name, name).join();
    projection.restore(accepted()).join();
    LookUp found = projection.lookUp(name, name).join();

    // Then
    assertThat(nothing).isEqualTo(new LookUp(Optional.empty(), Optional.empty()));
    assertThat(missing).isEqualTo(new LookUp(Optional.empty(), Optional.of(UNTIL)));
    assertThat(found).isEqualTo(new LookUp(Optional.of(accepted()), Optional.of(UNTIL)));
  }

  @Test
  void failsClearlyOnProgressThatCannotBeRead() {
    // Given
    raw.commands()
        .hset(RedisJobProjection.key(name), "0", "nonsense".getBytes(StandardCharsets.UTF_8));

    // When // Then
    assertThatThrownBy(() -> projection.progress(name).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(CorruptEntryException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("nonsense");
  }
}
