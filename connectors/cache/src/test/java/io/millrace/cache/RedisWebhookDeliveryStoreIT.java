package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisWebhookDeliveryStoreIT {

  private static final Instant TIME = Instant.parse("2026-11-22T12:00:00.123Z");

  @TempDir private Path directory;
  private EmbeddedRedis redis;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start(directory, 0);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void aStatusIsFoundAsItWasWrittenAndNothingOfTheFormerIsLeft() throws Exception {
    try (WebhookDeliveryStore store = open(Duration.ofHours(1))) {
      WebhookDeliveryStatus pending =
          new WebhookDeliveryStatus(
              "job-1",
              WebhookDeliveryStatus.State.PENDING,
              2,
              TIME,
              TIME.plusSeconds(5),
              503,
              "status 503: \"ä\"\n");
      WebhookDeliveryStatus delivered =
          new WebhookDeliveryStatus(
              "job-1", WebhookDeliveryStatus.State.DELIVERED, 3, TIME, null, null, null);

      assertThat(store.find("job-1").get()).isEmpty();
      store.put(pending).get();
      assertThat(store.find("job-1").get()).contains(pending);
      store.put(delivered).get();
      assertThat(store.find("job-1").get()).contains(delivered);
      assertThat(store.find("job-2").get()).isEmpty();
    }
  }

  @Test
  void aStatusGoesAfterItsTime() throws Exception {
    try (WebhookDeliveryStore store = open(Duration.ofMillis(50))) {
      store
          .put(
              new WebhookDeliveryStatus(
                  "job-1", WebhookDeliveryStatus.State.PENDING, 0, null, TIME, null, null))
          .get();
      await().until(() -> store.find("job-1").get().isEmpty());
    }
  }

  @Test
  void withoutRedisBothFail() {
    try (WebhookDeliveryStore store = open(Duration.ofHours(1))) {
      redis.close();
      assertThatThrownBy(() -> store.find("job-1").get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(CacheUnavailableException.class);
    }
  }

  private WebhookDeliveryStore open(Duration ttl) {
    return RedisWebhookDeliveryStore.open(RedisConfig.of(redis.uri()), ttl);
  }
}
