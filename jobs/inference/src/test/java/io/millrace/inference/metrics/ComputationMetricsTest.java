package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComputationMetricsTest {

  private final ShownMeters meters = new ShownMeters();
  private long nanos = 7_000_000_000L;
  private final ComputationMetrics metrics = new ComputationMetrics(meters, () -> nanos);

  @Test
  void timesAreByStage() {
    // Given
    long since = metrics.now();
    nanos += 2_000_000;

    // When
    metrics.prepared("a", "1.0.0", since, true);
    metrics.computed(
        "a",
        "1.0.0",
        new Prediction(
            List.of(),
            Duration.ofMillis(30),
            Duration.ofMillis(400),
            4,
            7,
            8,
            Duration.ofMillis(100),
            null));

    // Then
    assertThat(meters.counted("millrace_inference_stage_seconds_sum"))
        .containsOnly(
            Map.entry(stage("prepare"), 0.002),
            Map.entry(stage("batch_wait"), 0.03),
            Map.entry(stage("infer"), 0.4));
  }

  @Test
  void lookUpsAreHitsOrMissesAndNoneWhereNothingIsCached() {
    metrics.found("a", "1.0.0");
    metrics.prepared("a", "1.0.0", metrics.now(), true);
    metrics.prepared("a", "1.0.0", metrics.now(), true);
    metrics.prepared("a", "1.0.0", metrics.now(), false);

    assertThat(meters.counted("millrace_cache_lookups_total"))
        .containsOnly(Map.entry(lookups("hit"), 1.0), Map.entry(lookups("miss"), 2.0));
  }

  private static String stage(String stage) {
    return "millrace_inference_stage_seconds_sum{model=\"a\",version=\"1.0.0\",stage=\"%s\"}"
        .formatted(stage);
  }

  private static String lookups(String outcome) {
    return "millrace_cache_lookups_total{model=\"a\",version=\"1.0.0\",outcome=\"%s\"}"
        .formatted(outcome);
  }
}
