package io.millrace.models.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment says of a version; null leaves it to the package or to {@link RuntimeOptions}.
 *
 * @param maxBatchSize rows of a batch at most
 * @param maxBatchTokens rows times the longest row of a batch at most
 * @param maxBatchDelay see {@link RuntimeOptions#maxBatchDelay}
 * @param callTimeout see {@link RuntimeOptions#callTimeout}
 */
public record ServingOptions(
    @Nullable Integer maxBatchSize,
    @Nullable Integer maxBatchTokens,
    @Nullable Duration maxBatchDelay,
    @Nullable Duration callTimeout) {

  private static final int MOST = 10_000_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException names the field, what it is and what was expected
   */
  public ServingOptions {
    if (maxBatchSize != null) {
      Bounds.requireBetween("maxBatchSize", maxBatchSize, 1, MOST);
    }
    if (maxBatchTokens != null) {
      Bounds.requireBetween("maxBatchTokens", maxBatchTokens, 1, MOST);
    }
    if (maxBatchDelay != null) {
      Bounds.requireBetween("maxBatchDelay", maxBatchDelay, Duration.ZERO, LONGEST);
    }
    if (callTimeout != null) {
      Bounds.requireBetween("callTimeout", callTimeout, Duration.ofMillis(1), LONGEST);
    }
  }

  /** All left to the package and the runtime. */
  public static final ServingOptions NONE = new ServingOptions(null, null, null, null);
}
