package io.millrace.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RedisProgressStoreIT {

  private static final Duration LONG = Duration.ofMinutes(5);

  private static EmbeddedRedis redis;
  private static RawRedis raw;

  private RedisProgressStore store;
  private String job;

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
    job = test.getDisplayName();
    store = open(LONG);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RedisProgressStore open(Duration fresh) {
    return RedisProgressStore.open(RawRedis.patient(redis.uri()), job, fresh);
  }

  @Test
  void nobodyHasReported() throws Exception {
    assertThat(read()).isEmpty();
  }

  @Test
  void theLastReportOfAProcessCounts() throws Exception {
    publish("a", new JobProgress(Map.of(0, 17L), 5));
    publish("a", new JobProgress(Map.of(0, 21L, 1, 4_000_000_000_000L), 3));

    assertThat(read()).contains(new JobProgress(Map.of(0, 21L, 1, 4_000_000_000_000L), 3));
  }

  @Test
  void processesAddUp() throws Exception {
    // What one has read and another one finished counts below zero there.
    publish("a", new JobProgress(Map.of(0, 17L), 9));
    publish("b", new JobProgress(Map.of(1, 8L), -4));
    publish("c", new JobProgress(Map.of(), 0));

    assertThat(read()).contains(new JobProgress(Map.of(0, 17L, 1, 8L), 5));
  }

  @Test
  void aProcessTakesItsReportBack() throws Exception {
    publish("a", new JobProgress(Map.of(0, 17L), 9));
    publish("b", new JobProgress(Map.of(1, 8L), 1));

    store.withdraw("a").get(10, SECONDS);

    assertThat(read()).contains(new JobProgress(Map.of(1, 8L), 1));
  }

  @Test
  void anOldReportNoLongerCounts() throws Exception {
    // Given
    publish("dead", new JobProgress(Map.of(0, 17L), 9));
    publish("alive", new JobProgress(Map.of(0, 17L), 2));

    // When
    try (RedisProgressStore impatient = open(Duration.ofMillis(50))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(impatient.read().get(10, SECONDS)).isEqualTo(Optional.empty()));
    }

    // Then
    assertThat(read()).isEmpty();
  }

  @Test
  void theHashEndsWithItsJob() throws Exception {
    publish("a", new JobProgress(Map.of(0, 17L), 9));

    assertThat(raw.commands().pttl("millrace:progress:" + job)).isBetween(1L, LONG.toMillis());
  }

  @Test
  void whatIsNoReportIsRefused() {
    raw.commands()
        .hset("millrace:progress:" + job, "a", "nonsense".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::read).hasRootCauseInstanceOf(NumberFormatException.class);
  }

  private void publish(String process, JobProgress progress) throws Exception {
    store.publish(process, progress).get(10, SECONDS);
  }

  private Optional<JobProgress> read() throws Exception {
    return store.read().get(10, SECONDS);
  }
}
