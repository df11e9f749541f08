package io.millrace.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.cache.IdempotencyClaim.Held;
import io.millrace.cache.IdempotencyClaim.InFlight;
import io.millrace.cache.IdempotencyClaim.Known;
import io.millrace.cache.IdempotencyClaim.Mismatch;
import io.millrace.embedded.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RedisIdempotencyStoreIT {

  private static final Duration TTL = Duration.ofHours(24);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(1);

  private static EmbeddedRedis redis;
  private static RawRedis raw;

  private IdempotencyStore store;
  private String key;

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
    key = test.getDisplayName();
    store = open(LONG);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static RedisIdempotencyStore open(Duration lease) {
    return RedisIdempotencyStore.open(RawRedis.patient(redis.uri()), TTL, lease);
  }

  private IdempotencyClaim claim(String request, String job) {
    return store.claim("acme", key, request, job).join();
  }

  @Test
  void keyIsHeldUntilTheJobIsAcceptedAndThenKnown() {
    // When
    Held held = (Held) claim("r", "job-1");
    IdempotencyClaim meanwhile = claim("r", "job-2");
    store.accepted(held).join();
    IdempotencyClaim after = claim("r", "job-3");

    // Then
    assertThat(held.jobId()).isEqualTo("job-1");
    assertThat(meanwhile).isEqualTo(new InFlight());
    assertThat(after).isEqualTo(new Known("job-1"));
    assertThat(raw.commands().pttl(held.key())).isBetween(1L, TTL.toMillis());
    assertThat(held.key()).doesNotContain(key);
  }

  @Test
  void anotherRequestIsAMismatchAndAnotherTenantHasKeysOfItsOwn() {
    // Given
    store.accepted((Held) claim("r", "job-1")).join();

    // When
    IdempotencyClaim other = claim("other", "job-2");
    IdempotencyClaim tenant = store.claim("umbrella", key, "other", "job-3").join();

    // Then
    assertThat(other).isEqualTo(new Mismatch());
    assertThat(tenant).isInstanceOf(Held.class);
  }

  @Test
  void releasedKeyIsFreeForAnyRequest() {
    // Given
    store.release((Held) claim("r", "job-1")).join();

    // When
    Held held = (Held) claim("other", "job-2");

    // Then
    assertThat(held.jobId()).isEqualTo("job-2");
  }

  @Test
  void keyHandedOnKeepsItsJob() {
    // Given
    Held first = (Held) claim("r", "job-1");
    store.handOn(first).join();

    // When
    IdempotencyClaim other = claim("other", "job-2");
    Held second = (Held) claim("r", "job-2");

    // Then
    assertThat(other).isEqualTo(new Mismatch());
    assertThat(second.jobId()).isEqualTo("job-1");
    assertThat(second.token()).isNotEqualTo(first.token());
  }

  @Test
  void claimLeftBehindIsTakenOverWithItsJobWhenItsLeaseIsOver() {
    // Given: a holder that vanished
    try (IdempotencyStore vanished = open(SHORT)) {
      vanished.claim("acme", key, "r", "job-1").join();
    }

    // When
    Held held =
        (Held) await().atMost(20, SECONDS).until(() -> claim("r", "job-2"), Held.class::isInstance);

    // Then
    assertThat(held.jobId()).isEqualTo("job-1");
  }

  @Test
  void earlierHolderTakesNothingBackButMayAccept() {
    // Given
    Held first;
    try (IdempotencyStore slow = open(SHORT)) {
      first = (Held) slow.claim("acme", key, "r", "job-1").join();
    }
    await().atMost(20, SECONDS).until(() -> claim("r", "job-2"), Held.class::isInstance);

    // When
    store.release(first).join();
    store.handOn(first).join();
    IdempotencyClaim held = claim("r", "job-3");
    store.accepted(first).join();

    // Then: both hold the same job, so it is accepted whoever says so
    assertThat(held).isEqualTo(new InFlight());
    assertThat(claim("r", "job-4")).isEqualTo(new Known("job-1"));
  }

  @Test
  void acceptedKeyIsNotReleased() {
    // Given
    Held held = (Held) claim("r", "job-1");
    store.accepted(held).join();

    // When
    store.release(held).join();
    store.handOn(held).join();

    // Then
    assertThat(claim("r", "job-2")).isEqualTo(new Known("job-1"));
  }

  @Test
  void ofManyWhoClaimAtOnceOneHoldsTheKey() {
    // When
    List<CompletableFuture<IdempotencyClaim>> claims = new ArrayList<>();
    try (IdempotencyStore replica = open(LONG)) {
      for (int i = 0; i < 100; i++) {
        claims.add((i % 2 == 0 ? store : replica).claim("acme", key, "r", "job-" + i));
      }
      claims.forEach(CompletableFuture::join);
    }

    // Then
    assertThat(claims.stream().map(CompletableFuture::join).filter(Held.class::isInstance))
        .hasSize(1);
  }

  @Test
  void failsClearlyWhileRedisIsAway(@TempDir Path directory) {
    // Given
    try (StoppableRedis server = new StoppableRedis(directory)) {
      server.stop();
      try (IdempotencyStore early =
          RedisIdempotencyStore.open(RawRedis.patient(server.uri()), TTL, LONG)) {
        // When // Then
        assertThat(early.claim("acme", key, "r", "job-1"))
            .failsWithin(20, SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(CacheUnavailableException.class)
            .withMessageContaining("Cannot claim an idempotency key in Redis");
      }
    }
  }

  @Test
  void refusesToRememberForNoTime() {
    assertThatThrownBy(
            () -> RedisIdempotencyStore.open(RawRedis.patient(redis.uri()), Duration.ZERO, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ttl");
  }
}
