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

  /** All left to the package and the runtime. */
  public static final ServingOptions NONE = new ServingOptions(null, null, null, null);
}
