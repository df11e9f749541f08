package io.millrace.local.cluster.upgrade;

import org.jspecify.annotations.Nullable;

/**
 * What came of an upgrade.
 *
 * @param jobId of the job that runs now
 * @param savepoint that it started from; it is kept
 * @param stopAsked when the old job was told to stop, in nanoseconds
 * @param stopped when the old job had ended and its last results were committed
 * @param running when all subtasks of the job that runs now did, and its first checkpoint was
 *     complete
 * @param rolledBackBecause null when the new release runs
 */
public record UpgradeOutcome(
    String jobId,
    String savepoint,
    long stopAsked,
    long stopped,
    long running,
    @Nullable String rolledBackBecause) {

  public boolean rolledBack() {
    return rolledBackBecause != null;
  }
}
