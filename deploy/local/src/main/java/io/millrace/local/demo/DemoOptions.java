package io.millrace.local.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the demo does.
 *
 * @param requests how many to send
 * @param duplicates share of requests that repeat an earlier text
 * @param rate requests a second in an open loop; null for a closed loop
 * @param concurrency requests under way in the closed loop
 * @param data rows to send; null for the sample data
 * @param model the model to ask
 * @param seed of all random choices
 * @param summary where the figures are written; null for nowhere
 * @param keepRunning whether the stack goes on after the run
 */
record DemoOptions(
    int requests,
    double duplicates,
    @Nullable Double rate,
    int concurrency,
    @Nullable Path data,
    String model,
    long seed,
    @Nullable Path summary,
    boolean keepRunning) {

  static final int DEFAULT_CONCURRENCY = 256;

  private static final int MAX_REQUESTS = 10_000_000;
  private static final int MAX_CONCURRENCY = 10_000;

  DemoOptions {
    require(requests >= 1 && requests <= MAX_REQUESTS, "--requests", "1 to 10000000", requests);
    require(duplicates >= 0 && duplicates <= 1, "--duplicates", "a share of 0 to 1", duplicates);
    require(rate == null || (rate > 0 && rate <= 1e6), "--rate", "above 0, at most 1000000", rate);
    require(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "--concurrency",
        "1 to 10000",
        concurrency);
  }

  private static void require(
      boolean holds, String option, String expected, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid value for option '%s': expected %s, found %s"
              .formatted(option, expected, found));
    }
  }
}
