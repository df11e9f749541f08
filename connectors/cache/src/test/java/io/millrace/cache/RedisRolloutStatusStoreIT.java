package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedRedis;
import io.millrace.schemas.avro.ArmCounts;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.MetricVerdict;
import io.millrace.schemas.avro.RolloutMetric;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisRolloutStatusStoreIT {

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
  void theStatusOfARevisionIsReadInTheOrderInWhichItCame() throws Exception {
    try (RolloutStatusStore store = open()) {
      assertThat(store.read("support-desk", 4).get()).isEmpty();

      store.append(status(4, 0)).get();
      store.append(status(5, 1)).get();
      store.append(status(4, 2)).get();

      assertThat(store.read("support-desk", 4).get()).containsExactly(status(4, 0), status(4, 2));
      assertThat(store.read("support-desk", 5).get()).containsExactly(status(5, 1));
    }
  }

  @Test
  void theOldestGiveWayAndTheListHasAnEnd() throws Exception {
    try (RolloutStatusStore store = open();
        RawRedis raw = new RawRedis(redis.uri())) {
      for (int i = 0; i < RedisRolloutStatusStore.MAX_ENTRIES + 3; i++) {
        store.append(status(4, i)).get();
      }

      List<RolloutStatus> kept = store.read("support-desk", 4).get();
      assertThat(kept).hasSize(RedisRolloutStatusStore.MAX_ENTRIES);
      assertThat(kept.get(0)).isEqualTo(status(4, 3));
      assertThat(raw.commands().pttl("millrace:rollout:support-desk:4")).isPositive();
    }
  }

  private RolloutStatusStore open() {
    return RedisRolloutStatusStore.open(RawRedis.patient(redis.uri()));
  }

  private static RolloutStatus status(long revision, int seconds) {
    return RolloutStatus.newBuilder()
        .setModel("support-desk")
        .setRevision(revision)
        .setPhase(RolloutPhase.CANARY)
        .setStep(1)
        .setLoaded(2)
        .setSubtasks(2)
        .setEvidence(
            List.of(
                MetricEvidence.newBuilder()
                    .setMetric(RolloutMetric.ERROR_RATE)
                    .setProduction(new ArmCounts(1_000L, 10L))
                    .setCandidate(new ArmCounts(50L, 1L))
                    .setDifference(0.01)
                    .setLower(-0.02)
                    .setUpper(0.04)
                    .setMargin(0.01)
                    .setAlpha(0.05)
                    .setVerdict(MetricVerdict.INSUFFICIENT)
                    .build()))
        .setAt(TIME.plusSeconds(seconds))
        .build();
  }
}
