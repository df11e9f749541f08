package io.millrace.inference.metrics;

import io.millrace.models.runtime.Histogram;
import java.util.Arrays;

/** Histograms of times, recorded in microseconds and shown in seconds. */
final class Latency {

  /** A histogram's units in a second. */
  static final double SCALE = 1e6;

  private static final long[] WHOLE_MILLIS = {
    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000,
    5_000, 7_000, 10_000, 20_000, 30_000, 60_000
  };

  private static final long[] STAGE_MICROS = {
    100,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    10_000_000,
    30_000_000
  };

  private Latency() {}

  /** For quantiles that are compared with each other: bounds at most 1.7 apart up to 10 s. */
  static Histogram fine() {
    return new Histogram(Arrays.stream(WHOLE_MILLIS).map(millis -> 1_000 * millis).toArray());
  }

  /** For where the time goes. */
  static Histogram coarse() {
    return new Histogram(STAGE_MICROS);
  }
}
