package io.millrace.local.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.millrace.local.audit.Origins;
import io.millrace.local.audit.ResultAudit;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the demo measured; as JSON, keys are in snake case. Everything but the wall time
 * and the latencies is counted from the committed results, see {@link ResultAudit}.
 *
 * @param accepted jobs that the API took, by 200 or 202
 * @param succeeded jobs whose result says so; likewise failed, cancelled, expired
 * @param missing accepted jobs without a committed result
 * @param duplicateResults committed results beyond the first of a job
 * @param origins where the answers of the succeeded jobs came from
 * @param wallSeconds from the first request to the last result seen by the client
 * @param requestsPerSecond results seen by the client over the wall time
 * @param latencySeconds from a request sent to its result seen by the client
 * @param queueWaitShare of the time from accepted to completed of the computed jobs, the share that
 *     they waited for the inference step and for a batch; null when nothing was computed
 * @param meanBatchSize items computed over model calls; null when nothing was computed
 * @param paddingRatio tokens with padding over tokens without; null when nothing was computed
 * @param modelComputeSeconds wall time of all model calls
 * @param accuracy share of right labels among held-out rows; null when no held-out row has a label
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Summary(
    long accepted,
    long succeeded,
    long failed,
    long cancelled,
    long expired,
    long missing,
    long duplicateResults,
    Origins origins,
    double wallSeconds,
    double requestsPerSecond,
    Latency latencySeconds,
    @Nullable Double queueWaitShare,
    @Nullable Double meanBatchSize,
    @Nullable Double paddingRatio,
    double modelComputeSeconds,
    @Nullable Double accuracy) {

  /** Quantiles; 0 when there was no result. */
  record Latency(double p50, double p95, double p99) {}

  /** Whether every accepted job has exactly one result. */
  boolean exactlyOnce() {
    return missing == 0 && duplicateResults == 0;
  }

  /** The summary as indented JSON, with a line end. */
  String toJson() {
    return SummaryFiles.json(this);
  }
}
