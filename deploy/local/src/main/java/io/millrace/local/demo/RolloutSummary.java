package io.millrace.local.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the rollout demo came to; as JSON, keys are in snake case.
 *
 * @param promoted whether the good candidate came to answer everything by itself
 * @param rolledBack whether the bad one was taken back by itself
 * @param failedRequests requests without an answer: given up, or whose job did not succeed
 * @param secondsToPromote from the start of the rollout to the decision; null without it
 * @param secondsToRollback likewise
 * @param observationsAtRollback of the bad candidate, in the evidence of the decision
 * @param falseAlarms good candidates that were taken back
 * @param accepted jobs that the API took
 * @param missing accepted jobs without a committed result
 * @param duplicateResults committed results beyond the first of a job
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RolloutSummary(
    boolean promoted,
    boolean rolledBack,
    long failedRequests,
    @Nullable Double secondsToPromote,
    @Nullable Double secondsToRollback,
    @Nullable Long observationsAtRollback,
    long falseAlarms,
    long accepted,
    long missing,
    long duplicateResults) {

  /** Whether everything came out as it must. */
  boolean good() {
    return promoted
        && rolledBack
        && failedRequests == 0
        && falseAlarms == 0
        && missing == 0
        && duplicateResults == 0;
  }

  /** The summary as indented JSON, with a line end. */
  String toJson() {
    return SummaryFiles.json(this);
  }
}
