package io.millrace.local.cluster.scaling;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.millrace.local.cluster.load.LoadReport;
import org.jspecify.annotations.Nullable;

/**
 * What the autoscaler's demonstration came to; as JSON, keys are in snake case.
 *
 * @param rescaleSeconds from when the load grew until the job ran with more subtasks; null when it
 *     never did
 * @param subtasksBefore under the steady load
 * @param subtasksAfter at the end
 * @param requestsPerSecond of the steady load; it grew four times
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AutoscaleSummary(
    long accepted,
    long terminal,
    long missing,
    long duplicateResults,
    long lostAccepts,
    @Nullable Double rescaleSeconds,
    int subtasksBefore,
    int subtasksAfter,
    double requestsPerSecond) {

  static AutoscaleSummary of(
      LoadReport load, @Nullable Double seconds, int before, int after, double rate) {
    return new AutoscaleSummary(
        load.accepted(),
        load.terminal(),
        load.missing(),
        load.duplicateResults(),
        load.lostAccepts(),
        seconds,
        before,
        after,
        rate);
  }
}
