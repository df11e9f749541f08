package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one version has done since it was loaded. The numbers are read one after the other while
 * work goes on, so they may differ by the calls of that moment.
 *
 * @param workers threads that take batches; less than configured while calls do not stop
 * @param queuedItems items that wait for a batch
 * @param runningCalls model calls that run, without those that were given up
 * @param abandonedCalls calls that were given up and have not returned yet
 * @param batches model calls that answered
 * @param batchSizes items of each of these calls; goes on counting
 * @param items items that they answered
 * @param tokens tokens of these items, without padding
 * @param paddedTokens tokens of these items as they ran, with padding
 * @param failedItems items that ended in a failure of the model
 * @param poisonIsolated of these, items whose batch had neighbours that were answered
 * @param refusedItems items that were not run because the circuit breaker was open
 * @param splits failed batches that were run again in halves
 * @param abandonments calls that were given up, returned or not
 * @param batchLimit rows of a batch at most, as of now: less than the package says after calls that
 *     ran out of memory
 * @param breakerState whether the version is called
 * @param breakerOpened how often its breaker opened
 * @param computeTime wall time of all calls that ended, failed ones too
 * @param callCost what one call costs, also by calls before it was loaded again; null while there
 *     were too few
 */
public record RuntimeStats(
    ModelVersion version,
    int workers,
    int queuedItems,
    int runningCalls,
    int abandonedCalls,
    long batches,
    Histogram batchSizes,
    long items,
    long tokens,
    long paddedTokens,
    long failedItems,
    long poisonIsolated,
    long refusedItems,
    long splits,
    long abandonments,
    int batchLimit,
    BreakerState breakerState,
    long breakerOpened,
    Duration computeTime,
    @Nullable CallCost callCost) {

  /** A histogram of batch sizes without any. */
  public static Histogram noBatches() {
    return new Histogram(1, 2, 4, 8, 16, 32, 64, 128, 256);
  }
}
