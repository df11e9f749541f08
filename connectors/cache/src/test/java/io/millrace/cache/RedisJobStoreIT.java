package io.millrace.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.EmbeddedRedis;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
class RedisJobStoreIT {

  private static final Duration TTL = Duration.ofMinutes(10);

  private static EmbeddedRedis redis;
  private static RawRedis raw;

  private final Waiters waiters = new Waiters();
  private RedisJobStore store;
  private String jobId;

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
  void openStore(TestInfo test) {
    jobId = test.getDisplayName();
    store = RedisJobStore.open(RawRedis.patient(redis.uri()), TTL, waiters);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void knowsNothingOfAJobThatNobodyAccepted() {
    // When // Then
    assertThat(store.find(jobId).join()).isEmpty();
  }

  @Test
  void findsAJobFromAcceptedToFinishedAndForgetsItInTime() {
    // Given
    JobEntry.Accepted accepted = accepted(jobId);
    InferenceResult result = Results.succeeded(jobId, "fingerprint");

    // When
    store.accepted(accepted).join();
    Optional<JobEntry> before = store.find(jobId).join();
    long ttlBefore = raw.commands().pttl("millrace:job:" + jobId);
    store.finished(result).join();
    Optional<JobEntry> after = store.find(jobId).join();
    long ttlAfter = raw.commands().pttl("millrace:job:" + jobId);

    // Then
    assertThat(before).contains(accepted);
    assertThat(after).contains(new JobEntry.Finished(result));
    assertThat(List.of(ttlBefore, ttlAfter))
        .allSatisfy(ttl -> assertThat(ttl).isBetween(TTL.toMillis() - 60_000, TTL.toMillis()));
  }

  @Test
  void doesNotLetAcceptedOverwriteAnything() {
    // Given
    InferenceResult result = Results.failed(jobId, "fingerprint");
    store.finished(result).join();

    // When
    store.accepted(accepted(jobId)).join();

    // Then
    assertThat(store.find(jobId).join()).contains(new JobEntry.Finished(result));
  }

  @Test
  void tellsAnotherInstanceWhoseWaiterFindsTheResult() {
    // Given
    InferenceResult result = Results.succeeded(jobId, "fingerprint");
    CompletableFuture<Void> waiting = store.whenFinished(jobId);
    CompletableFuture<Void> other = store.whenFinished(jobId + " other");

    // When
    try (RedisJobStore writer = RedisJobStore.open(RawRedis.patient(redis.uri()))) {
      writer.finished(result).join();
    }

    // Then
    assertThat(waiting).succeedsWithin(20, SECONDS);
    assertThat(store.find(jobId).join()).contains(new JobEntry.Finished(result));
    assertThat(other).isNotDone();
    other.cancel(false);
    assertThat(waiters.jobs()).isEmpty();
  }

  @Test
  void tellsOfAJobThatFinishedBeforeItListened() {
    // Given
    store.finished(Results.succeeded(jobId, "fingerprint")).join();
    store.close();

    // When
    store = RedisJobStore.open(RawRedis.patient(redis.uri()), TTL, waiters);
    CompletableFuture<Void> waiting = store.whenFinished(jobId);

    // Then
    assertThat(waiting).succeedsWithin(20, SECONDS);
  }

  @Test
  void keepsNoWaiterOfManyJobsFinishedAtOnce() {
    // Given
    int jobs = 1_000;
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      waiting.add(store.whenFinished(jobId + i));
    }

    // When
    for (int i = 0; i < jobs; i++) {
      waiting.add(store.finished(Results.succeeded(jobId + i, "fingerprint")));
    }

    // Then
    assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new)))
        .succeedsWithin(20, SECONDS);
    assertThat(waiters.jobs()).isEmpty();
  }

  @Test
  void failsClearlyOnAnEntryThatCannotBeRead() {
    // Given
    raw.commands().set("millrace:job:" + jobId, "nonsense".getBytes(StandardCharsets.UTF_8));

    // When // Then
    assertThatThrownBy(() -> store.find(jobId).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(CorruptEntryException.class)
        .hasMessageContaining(jobId)
        .hasMessageNotContaining("nonsense");
  }

  @Test
  void letsGoOfWaitersWhenItIsClosed() {
    // Given
    CompletableFuture<Void> early = store.whenFinished(jobId);

    // When
    store.close();
    CompletableFuture<Void> late = store.whenFinished(jobId);

    // Then
    assertThat(store.find(jobId))
        .failsWithin(5, SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(CacheUnavailableException.class);
    assertThat(List.of(early, late))
        .allSatisfy(
            waiter ->
                assertThat(waiter)
                    .failsWithin(5, SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(CacheUnavailableException.class)
                    .withMessageContaining("closed"));
    assertThat(waiters.jobs()).isEmpty();
  }

  @Test
  void refusesToKeepJobsForNoTime() {
    // When // Then
    assertThatThrownBy(() -> RedisJobStore.open(RawRedis.patient(redis.uri()), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ttl");
  }

  @Test
  void failsClearlyWhileRedisIsAwayAndRecoversWithItsWaiters(@TempDir Path directory) {
    // Given
    try (StoppableRedis server = new StoppableRedis(directory);
        RedisJobStore reader = RedisJobStore.open(RawRedis.patient(server.uri()), TTL, waiters);
        RedisJobStore writer = RedisJobStore.open(RawRedis.patient(server.uri()))) {
      reader.accepted(accepted(jobId)).join();
      CompletableFuture<Void> waiting = reader.whenFinished(jobId);

      // When
      server.stop();

      // Then
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(reader.find(jobId))
                      .failsWithin(2, SECONDS)
                      .withThrowableThat()
                      .withCauseInstanceOf(CacheUnavailableException.class)
                      .withMessageContaining("Cannot find a job in Redis at 127.0.0.1:"));

      // When
      server.start();
      await()
          .atMost(20, SECONDS)
          .ignoreExceptions()
          .until(() -> writer.finished(Results.succeeded(jobId, "f")).thenApply(x -> true).join());

      // Then
      assertThat(waiting).succeedsWithin(20, SECONDS);
      await()
          .atMost(20, SECONDS)
          .ignoreExceptions()
          .until(() -> reader.find(jobId).join().orElseThrow() instanceof JobEntry.Finished);
      assertThat(waiters.jobs()).isEmpty();
    }
  }

  @Test
  void opensBeforeRedisIsThere(@TempDir Path directory) {
    // Given
    try (StoppableRedis server = new StoppableRedis(directory)) {
      server.stop();
      try (RedisJobStore early = RedisJobStore.open(RawRedis.patient(server.uri()), TTL, waiters)) {
        CompletableFuture<Void> waiting = early.whenFinished(jobId);
        assertThat(early.accepted(accepted(jobId)))
            .failsWithin(5, SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(CacheUnavailableException.class)
            .withMessageContaining("Connection refused");

        // When
        server.start();

        // Then
        await()
            .atMost(20, SECONDS)
            .ignoreExceptions()
            .until(() -> early.finished(Results.succeeded(jobId, "f")).thenApply(x -> true).join());
        assertThat(waiting).succeedsWithin(20, SECONDS);
      }
    }
  }

  private static JobEntry.Accepted accepted(String jobId) {
    return new JobEntry.Accepted(
        jobId, "acme", "support-desk", null, Results.CREATED_AT, "fingerprint");
  }
}
