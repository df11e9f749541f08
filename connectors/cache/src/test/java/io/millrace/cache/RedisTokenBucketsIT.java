package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RedisTokenBucketsIT {

  /** A token comes back after 1,000 s, which no test takes. */
  private static final TokenLimit SLOW = new TokenLimit(0.001, 10);

  private static StoppableRedis redis;
  private static RedisTokenBuckets first;
  private static RedisTokenBuckets second;

  private String name;

  @BeforeAll
  static void start(@TempDir Path directory) {
    redis = new StoppableRedis(directory);
    first = RedisTokenBuckets.open(RawRedis.patient(redis.uri()));
    second = RedisTokenBuckets.open(RawRedis.patient(redis.uri()));
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    redis.close();
  }

  @BeforeEach
  void nameTheBucket(TestInfo test) {
    name = test.getDisplayName().replace("()", "");
  }

  @Test
  void tokensAreTakenAllOrNone() {
    // When
    TokensTaken some = first.take(name, SLOW, 4).join();
    TokensTaken tooMany = first.take(name, SLOW, 7).join();
    TokensTaken rest = first.take(name, SLOW, 6).join();

    // Then
    assertThat(some.granted()).isTrue();
    assertThat(some.left()).isEqualTo(6);
    assertThat(some.untilThere()).isZero();
    assertThat(some.untilFull()).isBetween(Duration.ofSeconds(3_000), Duration.ofSeconds(4_000));
    assertThat(tooMany.granted()).isFalse();
    assertThat(tooMany.left()).isEqualTo(6);
    assertThat(tooMany.untilThere()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(1_000));
    assertThat(rest.granted()).isTrue();
    assertThat(rest.left()).isZero();
    assertThat(List.of(some, tooMany, rest)).allMatch(TokensTaken::shared);
  }

  @Test
  void processesShareABucket() {
    // When: all at once, from two sides.
    List<CompletableFuture<TokensTaken>> asked =
        IntStream.range(0, 100)
            .mapToObj(i -> (i % 2 == 0 ? first : second).take(name, SLOW, 1))
            .toList();

    // Then
    assertThat(asked.stream().map(CompletableFuture::join)).allMatch(TokensTaken::shared);
    assertThat(asked.stream().map(CompletableFuture::join).filter(TokensTaken::granted))
        .hasSize(10);
  }

  @Test
  void tokensComeBack() {
    // Given
    TokenLimit fast = new TokenLimit(20, 2);
    first.take(name, fast, 2).join();

    // When // Then
    await().until(() -> second.take(name, fast, 2).join().granted());
  }

  @Test
  void rateMayBeAFraction() {
    // When
    TokensTaken taken = first.take(name, new TokenLimit(0.25, 8), 8).join();

    // Then
    assertThat(taken.untilFull()).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(32));
  }

  @Test
  void anotherNameOrLimitIsAnotherBucket() {
    // Given
    first.take(name, SLOW, 10).join();

    // When // Then
    assertThat(first.take(name + ".other", SLOW, 10).join().granted()).isTrue();
    assertThat(first.take(name, new TokenLimit(0.001, 11), 11).join().granted()).isTrue();
    assertThat(first.take(name, SLOW, 1).join().granted()).isFalse();
  }

  @Test
  void bucketIsForgottenSomeTimeAfterItIsFull() {
    // When
    first.take(name, SLOW, 1).join();

    // Then
    RawRedis raw = new RawRedis(redis.uri());
    try {
      assertThat(raw.commands().ttl(RedisTokenBuckets.key(name, SLOW))).isBetween(900L, 1_011L);
    } finally {
      raw.close();
    }
  }

  @Test
  void moreThanFitsIsNeverAsked() {
    assertThatThrownBy(() -> first.take(name, SLOW, 11))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutRedisEachProcessHasItsOwn(@TempDir Path directory) throws Exception {
    // Given
    try (StoppableRedis away = new StoppableRedis(directory);
        RedisTokenBuckets buckets =
            RedisTokenBuckets.open(
                new RedisConfig(away.uri(), Duration.ofSeconds(2), Duration.ofMillis(300)))) {
      await().until(() -> buckets.take(name, SLOW, 1).join().shared());

      // When: it does not answer, which is worse than being gone.
      away.freeze();

      // Then
      TokensTaken alone = buckets.take(name, SLOW, 10).join();
      assertThat(alone.shared()).isFalse();
      assertThat(alone.granted()).isTrue();
      assertThat(buckets.take(name, SLOW, 1).join().granted()).isFalse();

      // When
      away.thaw();

      // Then
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> buckets.take(name, SLOW, 1).join().shared());

      // When
      away.stop();

      // Then
      assertThat(buckets.take(name, SLOW, 1).join().shared()).isFalse();
      away.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> buckets.take(name, SLOW, 1).join().shared());
    }
  }
}
