package io.millrace.local.cluster.upgrade;

import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.FlinkRestException;
import io.millrace.local.flink.JobDetails;
import io.millrace.local.flink.JobSubmission;
import io.millrace.local.flink.JobSummary;
import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Stops a job with a savepoint and starts another release from it. When that does not come to a
 * first checkpoint in time, it is cancelled, and the old release goes on from the same savepoint:
 * nothing is lost either way, since results and offsets are of one savepoint.
 */
public final class JobUpgrade {

  private static final Duration SAVEPOINT = Duration.ofMinutes(2);
  private static final Duration ROLLBACK = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;

  private final FlinkRest flink;
  private final String savepoints;
  private final LongSupplier nanoTicker;

  /**
   * @param savepoints the directory under which savepoints are written, as a URI
   */
  public JobUpgrade(FlinkRest flink, String savepoints) {
    this(flink, savepoints, System::nanoTime);
  }

  JobUpgrade(FlinkRest flink, String savepoints, LongSupplier nanoTicker) {
    this.flink = flink;
    this.savepoints = savepoints;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Upgrades the job of this name.
   *
   * @param within how long the new release may take to its first checkpoint
   * @throws CommandFailedException when no such job runs, or the rollback fails too
   */
  public UpgradeOutcome run(String jobName, Release old, Release next, Duration within)
      throws IOException, InterruptedException {
    JobSummary job =
        flink
            .job(jobName)
            .orElseThrow(() -> new CommandFailedException("There is no running job " + jobName));
    // Both before the stop: what takes time is to be done while the job still runs.
    String nextJar = flink.upload(next.jar());
    String oldJar = flink.upload(old.jar());
    long stopAsked = nanoTicker.getAsLong();
    String savepoint = flink.stopWithSavepoint(job.id(), savepoints, SAVEPOINT);
    awaitEnd(job.id());
    long stopped = nanoTicker.getAsLong();
    String started = "";
    try {
      started = start(nextJar, next, savepoint);
      awaitCheckpoint(started, within);
      return new UpgradeOutcome(
          started, savepoint, stopAsked, stopped, nanoTicker.getAsLong(), null);
    } catch (FlinkRestException | JobNotRunningException e) {
      if (!started.isEmpty()) {
        cancel(started);
      }
      String back = start(oldJar, old, savepoint);
      rolledBack(back, savepoint);
      return new UpgradeOutcome(
          back, savepoint, stopAsked, stopped, nanoTicker.getAsLong(), e.getMessage());
    }
  }

  private void rolledBack(String job, String savepoint) throws InterruptedException {
    try {
      awaitCheckpoint(job, ROLLBACK);
    } catch (JobNotRunningException e) {
      throw new CommandFailedException(
          "The old release does not run from the savepoint %s either: %s"
              .formatted(savepoint, e.getMessage()),
          e);
    }
  }

  private String start(String jar, Release release, String savepoint) throws InterruptedException {
    return flink.run(
        jar,
        JobSubmission.of(release.arguments())
            .withParallelism(release.parallelism())
            .from(savepoint));
  }

  private void awaitEnd(String job) throws InterruptedException {
    while (!flink.details(job).state().equals("FINISHED")) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** A job that takes a checkpoint has all its operators open and its state restored. */
  private void awaitCheckpoint(String job, Duration within)
      throws InterruptedException, JobNotRunningException {
    long deadline = nanoTicker.getAsLong() + within.toNanos();
    while (true) {
      JobDetails details = flink.details(job);
      if (details.running() && flink.checkpoints(job).counts().completed() > 0) {
        return;
      }
      if (details.state().equals("FAILED")) {
        throw new JobNotRunningException(flink.endedBecause(job).orElse("it failed"));
      }
      if (nanoTicker.getAsLong() - deadline > 0) {
        throw new JobNotRunningException(
            "no checkpoint after %d s%s".formatted(within.toSeconds(), lastFailure(job)));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private String lastFailure(String job) throws InterruptedException {
    return flink.failures(job).stream()
        .findFirst()
        .map(failure -> "; it was started again because of " + failure.rootCause())
        .orElse("");
  }

  private void cancel(String job) throws InterruptedException {
    if (!ended(job)) {
      flink.cancel(job);
    }
    while (!ended(job)) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean ended(String job) throws InterruptedException {
    return switch (flink.details(job).state()) {
      case "FAILED", "CANCELED", "FINISHED" -> true;
      default -> false;
    };
  }
}
