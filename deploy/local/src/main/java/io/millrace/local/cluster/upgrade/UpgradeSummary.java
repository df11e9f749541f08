package io.millrace.local.cluster.upgrade;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.millrace.local.cluster.load.LoadReport;
import org.jspecify.annotations.Nullable;

/**
 * What an upgrade came to; as JSON, keys are in snake case. The counts are null without load.
 *
 * @param stopSeconds from the order to stop until the old job had ended, its results committed
 * @param runningSeconds from the order to stop until the new job's first checkpoint
 * @param pauseSeconds from the order to stop until a {@code read_committed} consumer saw the first
 *     result of a job that was submitted after the old one had ended; null without load
 * @param rolledBackBecause null when the new release runs
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record UpgradeSummary(
    String job,
    String savepoint,
    double stopSeconds,
    double runningSeconds,
    @Nullable Double pauseSeconds,
    @Nullable String rolledBackBecause,
    @Nullable Long accepted,
    @Nullable Long missing,
    @Nullable Long duplicateResults,
    @Nullable Long lostAccepts) {

  static UpgradeSummary of(
      String job, UpgradeOutcome outcome, @Nullable Double pause, @Nullable LoadReport load) {
    return new UpgradeSummary(
        job,
        outcome.savepoint(),
        (outcome.stopped() - outcome.stopAsked()) / 1e9,
        (outcome.running() - outcome.stopAsked()) / 1e9,
        pause,
        outcome.rolledBackBecause(),
        load == null ? null : load.accepted(),
        load == null ? null : load.missing(),
        load == null ? null : load.duplicateResults(),
        load == null ? null : load.lostAccepts());
  }
}
