package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import java.time.Duration;

/**
 * What one version has done since it was loaded. The numbers are read one after the other while
 * work goes on, so they may differ by the calls of that moment.
 *
 * @param queuedItems items that wait for a batch
 * @param runningCalls model calls that run, without those that were given up
 * @param abandonedCalls calls that were given up and have not returned yet
 * @param batches model calls that answered
 * @param items items that they answered
 * @param tokens tokens of these items, without padding
 * @param paddedTokens tokens of these items as they ran, with padding
 * @param failedItems items that ended in a failure of the model
 * @param splits failed batches that were run again in halves
 * @param abandonments calls that were given up, returned or not
 * @param computeTime wall time of all calls that ended, failed ones too
 */
public record RuntimeStats(
    ModelVersion version,
    int queuedItems,
    int runningCalls,
    int abandonedCalls,
    long batches,
    long items,
    long tokens,
    long paddedTokens,
    long failedItems,
    long splits,
    long abandonments,
    Duration computeTime) {}
