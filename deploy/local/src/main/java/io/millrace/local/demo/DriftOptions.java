package io.millrace.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the drift demo does.
 *
 * @param rate requests a second
 * @param window length of the windows
 * @param windows with a verdict before the shift
 * @param data rows to train on and to send; null for the sample data
 * @param shift rows that come after the shift; null exactly when {@code data} is
 * @param seed of all random choices
 * @param summary where the figures are written; null for nowhere
 * @param keepRunning whether the stack goes on after the run
 */
record DriftOptions(
    double rate,
    Duration window,
    int windows,
    @Nullable Path data,
    @Nullable Path shift,
    long seed,
    @Nullable Path summary,
    boolean keepRunning) {

  /** No window has a verdict below this many observations. */
  private static final int MIN_OBSERVATIONS = 500;

  /** A Poisson process has fewer than asked for now and then. */
  private static final double ROOM = 1.2;

  private static final double MAX_RATE = 10_000;

  DriftOptions {
    require(rate > 0 && rate <= MAX_RATE, "--rate", "above 0, at most 10000", rate);
    require(window.toSeconds() >= 5 && window.toMinutes() <= 60, "--window", "5 to 3600", window);
    require(
        rate * window.toSeconds() >= ROOM * MIN_OBSERVATIONS,
        "--rate",
        "at least %.0f for windows of %d s, which need %d observations"
            .formatted(
                Math.ceil(ROOM * MIN_OBSERVATIONS / window.toSeconds()),
                window.toSeconds(),
                MIN_OBSERVATIONS),
        rate);
    require(windows >= 1 && windows <= 1000, "--windows", "1 to 1000", windows);
    require(
        (data == null) == (shift == null),
        data == null ? "--data" : "--shift",
        "both --data and --shift, or neither",
        "one");
  }

  private static void require(boolean holds, String option, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid value for option '%s': expected %s, found %s"
              .formatted(option, expected, found));
    }
  }
}
