package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.Histogram;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramMetersTest {

  @Test
  void bucketsAreCumulativeAndTheirBoundsAreInTheUnitOfTheName() {
    // Given
    ShownMeters meters = new ShownMeters();
    Histogram histogram = new Histogram(1_000, 2_500, 30_000_000);
    HistogramMeters.show(meters, "t_seconds", () -> histogram, 1e6, "model", "a");

    // When
    histogram.record(900);
    histogram.record(2_500);
    histogram.record(40_000_000);

    // Then
    assertThat(meters.counted("t_seconds"))
        .containsOnly(
            entry("t_seconds_bucket{model=\"a\",le=\"0.001\"}", 1),
            entry("t_seconds_bucket{model=\"a\",le=\"0.0025\"}", 2),
            entry("t_seconds_bucket{model=\"a\",le=\"30.0\"}", 2),
            entry("t_seconds_bucket{model=\"a\",le=\"+Inf\"}", 3),
            entry("t_seconds_count{model=\"a\"}", 3),
            entry("t_seconds_sum{model=\"a\"}", 40.0034));
  }

  /** Text, not numbers, is what Prometheus compares. */
  @Test
  void noBoundIsWrittenWithDigitsThatItHasNot() {
    ShownMeters meters = new ShownMeters();
    HistogramMeters.show(meters, "fine", Latency::fine, Latency.SCALE);
    HistogramMeters.show(meters, "coarse", Latency::coarse, Latency.SCALE);

    assertThat(meters.series())
        .filteredOn(series -> series.contains("_bucket"))
        .allSatisfy(
            series -> assertThat(series).matches(".*le=\"(\\+Inf|[0-9.]{1,6}|1.0E-4|5.0E-4)\"}"));
  }

  private static Map.Entry<String, Double> entry(String series, double value) {
    return Map.entry(series, value);
  }
}
