package io.millrace.local.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What a run of hot swaps came to; as JSON, keys are in snake case.
 *
 * @param swaps changes of the version in production
 * @param failedRequests requests without an answer: given up, or whose job did not succeed
 * @param p99Seconds 99th percentile of the latency without swaps, over both versions
 * @param p99DuringSwapsSeconds the same while they went on
 * @param p99Ratio the second over the first
 * @param medianSwapSeconds from the change of a deployment to its traffic
 * @param accepted jobs that the API took
 * @param missing accepted jobs without a committed result
 * @param duplicateResults committed results beyond the first of a job
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record HotSwapSummary(
    int swaps,
    long failedRequests,
    double p99Seconds,
    double p99DuringSwapsSeconds,
    double p99Ratio,
    double medianSwapSeconds,
    long accepted,
    long missing,
    long duplicateResults) {

  /** Whether nothing was lost; how long it took depends on the machine. */
  boolean good() {
    return failedRequests == 0 && missing == 0 && duplicateResults == 0;
  }

  /** The summary as indented JSON, with a line end. */
  String toJson() {
    return SummaryFiles.json(this);
  }
}
