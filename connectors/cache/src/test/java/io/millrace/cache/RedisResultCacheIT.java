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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RedisResultCacheIT {

  private static final Duration TTL = Duration.ofMinutes(10);
  private static final long LOCAL_BYTES = 1_000_000;

  private static EmbeddedRedis redis;
  private static RawRedis raw;

  private RedisResultCache cache;
  private RedisResultCache twoLayers;
  private String fingerprint;

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
  void openCaches(TestInfo test) {
    fingerprint = test.getDisplayName();
    cache = RedisResultCache.open(RawRedis.patient(redis.uri()), 0);
    twoLayers = RedisResultCache.open(RawRedis.patient(redis.uri()), LOCAL_BYTES);
  }

  @AfterEach
  void closeCaches() {
    cache.close();
    twoLayers.close();
  }

  @Test
  void findsAnAnswerByContentAndVersionAndForgetsItInTime() {
    // Given
    InferenceResult result = Results.succeeded("job", fingerprint);
    assertThat(cache.find(fingerprint, Results.VERSION).join()).isEmpty();

    // When
    cache.put(result, TTL, TTL).join();

    // Then
    assertThat(cache.find(fingerprint, Results.VERSION).join()).contains(result);
    assertThat(cache.find(fingerprint, "1.2.1").join()).isEmpty();
    assertThat(cache.find("another", Results.VERSION).join()).isEmpty();
    assertThat(raw.commands().pttl(RedisResultCache.key(fingerprint, Results.VERSION)))
        .isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
    assertThat(cache.statistics()).isEqualTo(new ResultCacheStatistics(0, 1, 3, 0, 0, 0));
  }

  @Test
  void answersFromThisProcessOnceItHasSeenTheAnswer() {
    // Given
    InferenceResult result = Results.succeeded("job", fingerprint);
    cache.put(result, TTL, TTL).join();

    // When
    twoLayers.find(fingerprint, Results.VERSION).join();
    raw.commands().del(RedisResultCache.key(fingerprint, Results.VERSION));

    // Then
    assertThat(twoLayers.find(fingerprint, Results.VERSION).join()).contains(result);
    assertThat(cache.find(fingerprint, Results.VERSION).join()).isEmpty();
    assertThat(twoLayers.statistics()).isEqualTo(new ResultCacheStatistics(1, 1, 0, 0, 0, 0));
  }

  @Test
  void keepsAnAnswerInThisProcessNoLongerThanRedisWould() {
    // Given
    cache.put(Results.succeeded("job", fingerprint), Duration.ofMillis(150), TTL).join();

    // When
    twoLayers.find(fingerprint, Results.VERSION).join();

    // Then
    await()
        .atMost(20, SECONDS)
        .until(() -> twoLayers.find(fingerprint, Results.VERSION).join().isEmpty());
  }

  @Test
  void givesEachReaderBuffersOfItsOwn() {
    // Given
    InferenceResult result = Results.succeeded("job", fingerprint);
    twoLayers.put(result, TTL, TTL).join();

    // When
    InferenceResult first = twoLayers.find(fingerprint, Results.VERSION).join().orElseThrow();
    first.getOutputs().get(0).getData().position(4);

    // Then
    assertThat(twoLayers.find(fingerprint, Results.VERSION).join()).contains(result);
  }

  @Test
  void refusesWhatDidNotSucceed() {
    // When // Then
    assertThatThrownBy(() -> cache.put(Results.failed("job", fingerprint), TTL, TTL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("job", "FAILED");
    assertThatThrownBy(() -> cache.put(Results.succeeded("job", fingerprint), Duration.ZERO, TTL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ttl");
    assertThatThrownBy(
            () -> cache.put(Results.succeeded("job", fingerprint), TTL, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("staleTtl");
  }

  @Test
  void findsTheLastAnswerOfAnyVersionForItsOwnTime() {
    // Given
    Duration staleTtl = TTL.multipliedBy(12);
    InferenceResult earlier = Results.succeeded("earlier", fingerprint);
    InferenceResult later = Results.succeeded("later", fingerprint);
    later.setVersion("2.0.0");
    assertThat(cache.findLast(fingerprint).join()).isEmpty();

    // When
    cache.put(earlier, TTL, staleTtl).join();
    cache.put(later, TTL, staleTtl).join();

    // Then
    assertThat(cache.findLast(fingerprint).join()).contains(later);
    assertThat(cache.find(fingerprint, Results.VERSION).join()).contains(earlier);
    assertThat(raw.commands().pttl(RedisResultCache.lastKey(fingerprint)))
        .isBetween(staleTtl.toMillis() - 60_000, staleTtl.toMillis());
    assertThat(cache.statistics()).isEqualTo(new ResultCacheStatistics(0, 1, 0, 0, 0, 0));
  }

  @Test
  void findsTheLastAnswerOfAnotherProcessThoughItHasOneOfItsOwn() {
    // Given
    InferenceResult own = Results.succeeded("own", fingerprint);
    InferenceResult others = Results.succeeded("others", fingerprint);
    twoLayers.put(own, TTL, TTL).join();
    assertThat(twoLayers.findLast(fingerprint).join()).contains(own);

    // When
    cache.put(others, TTL, TTL).join();

    // Then
    assertThat(twoLayers.findLast(fingerprint).join()).contains(others);
  }

  @Test
  void keepsNoLastAnswerForNoTime() {
    // When
    twoLayers.put(Results.succeeded("job", fingerprint), TTL, Duration.ZERO).join();

    // Then
    assertThat(twoLayers.findLast(fingerprint).join()).isEmpty();
    assertThat(cache.find(fingerprint, Results.VERSION).join()).isPresent();
  }

  @Test
  void takesAnEntryThatCannotBeReadForAMissAndOverwritesIt() {
    // Given
    InferenceResult result = Results.succeeded("job", fingerprint);
    String key = RedisResultCache.key(fingerprint, Results.VERSION);
    raw.commands().set(key, "nonsense".getBytes(StandardCharsets.UTF_8));

    // When
    boolean missed = twoLayers.find(fingerprint, Results.VERSION).join().isEmpty();
    twoLayers.put(result, TTL, TTL).join();

    // Then
    assertThat(missed).isTrue();
    assertThat(cache.find(fingerprint, Results.VERSION).join()).contains(result);
    assertThat(twoLayers.statistics()).isEqualTo(new ResultCacheStatistics(0, 0, 0, 0, 0, 1));
  }

  @Test
  void missesWhileRedisIsAwayAndWorksAgainWhenItIsBack(@TempDir Path directory) {
    // Given
    InferenceResult result = Results.succeeded("job", fingerprint);
    try (StoppableRedis server = new StoppableRedis(directory);
        RedisResultCache writer = RedisResultCache.open(RawRedis.patient(server.uri()), 0);
        RedisResultCache remote = RedisResultCache.open(RedisConfig.of(server.uri()), 0)) {
      writer.put(result, TTL, TTL).join();
      awaitHit(remote);
      ResultCacheStatistics before = remote.statistics();

      // When
      server.stop();

      // Then
      assertThat(remote.put(result, TTL, TTL)).succeedsWithin(10, SECONDS);
      for (int i = 0; i < 100; i++) {
        assertThat(remote.find(fingerprint, Results.VERSION).join()).isEmpty();
      }
      assertThat(remote.findLast(fingerprint).join()).isEmpty();
      ResultCacheStatistics after = remote.statistics();
      assertThat(after.unavailableReads() - before.unavailableReads()).isEqualTo(101);
      assertThat(after.unavailableWrites() - before.unavailableWrites()).isEqualTo(1);

      // When
      server.start();

      // Then
      awaitHit(remote);
    }
  }

  @Test
  void doesNotMakeEveryoneWaitForARedisThatDoesNotAnswer(@TempDir Path directory) throws Exception {
    // Given
    Duration timeout = Duration.ofMillis(200);
    try (StoppableRedis server = new StoppableRedis(directory);
        RedisResultCache writer = RedisResultCache.open(RawRedis.patient(server.uri()), 0);
        RedisResultCache remote =
            RedisResultCache.open(
                new RedisConfig(server.uri(), Duration.ofSeconds(2), timeout), 0)) {
      writer.put(Results.succeeded("job", fingerprint), TTL, TTL).join();
      awaitHit(remote);
      server.freeze();
      long before = remote.statistics().unavailableReads();
      assertThat(remote.find(fingerprint, Results.VERSION).join()).isEmpty();

      // When
      long start = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        assertThat(remote.find(fingerprint, Results.VERSION).join()).isEmpty();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      server.thaw();

      // Then: a few callers at most have waited
      assertThat(took).isLessThan(timeout.multipliedBy(20));
      assertThat(remote.statistics().unavailableReads() - before).isEqualTo(1_001);
      awaitHit(remote);
    }
  }

  @Test
  void opensBeforeRedisIsThere(@TempDir Path directory) {
    // Given
    InferenceResult result = Results.succeeded("job", fingerprint);
    try (StoppableRedis server = new StoppableRedis(directory)) {
      server.stop();
      try (RedisResultCache early =
          RedisResultCache.open(RawRedis.patient(server.uri()), LOCAL_BYTES)) {
        assertThat(early.find(fingerprint, Results.VERSION).join()).isEmpty();
        early.put(result, TTL, TTL).join();
        assertThat(early.find(fingerprint, Results.VERSION).join()).contains(result);

        // When
        server.start();

        // Then
        await()
            .atMost(20, SECONDS)
            .until(
                () -> {
                  early.put(Results.succeeded("job", "later"), TTL, TTL).join();
                  return early.find("elsewhere", Results.VERSION).join().isEmpty()
                      && early.statistics().misses() > 0;
                });
      }
    }
  }

  private void awaitHit(RedisResultCache remote) {
    await()
        .atMost(20, SECONDS)
        .until(() -> remote.find(fingerprint, Results.VERSION).join().isPresent());
  }
}
