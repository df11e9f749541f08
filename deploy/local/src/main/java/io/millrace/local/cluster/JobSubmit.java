package io.millrace.local.cluster;

import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobDetails;
import io.millrace.local.flink.JobSubmission;
import io.millrace.local.stack.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits jobs by Flink's REST API, each with the state that it had last. */
final class JobSubmit {

  private static final Logger LOG = LoggerFactory.getLogger(JobSubmit.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final FlinkRest flink;
  private final Duration timeout;
  private final LongSupplier nanoTicker;

  JobSubmit(FlinkRest flink, Duration timeout, LongSupplier nanoTicker) {
    this.flink = flink;
    this.timeout = timeout;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Submits a job.
   *
   * @return its id
   */
  String submit(JobPlan job) throws IOException, InterruptedException {
    JobSubmission submission = JobSubmission.of(job.arguments());
    Optional<Path> newest = new Checkpoints(job.checkpoints()).newest(job.savepoints());
    if (newest.isPresent()) {
      LOG.info("Restoring {} from {}", job.name(), newest.get());
      submission = submission.from(newest.get());
    }
    return flink.run(flink.upload(job.jar()), submission);
  }

  /** Waits until all of a job's subtasks run. */
  void awaitRunning(String id) throws InterruptedException {
    await(id, "run", () -> running(id));
  }

  /**
   * Waits for a job's first checkpoint, and deletes those of earlier jobs, needless from then on.
   */
  void awaitCheckpoint(JobPlan job, String id) throws IOException, InterruptedException {
    Checkpoints checkpoints = new Checkpoints(job.checkpoints());
    await(id, "have a checkpoint", () -> checkpoints.hasCompleted(id));
    checkpoints.deleteAllBut(id);
  }

  private boolean running(String id) throws InterruptedException {
    JobDetails details = flink.details(id);
    Optional<String> ended = flink.endedBecause(id);
    if (ended.isPresent()) {
      throw new IllegalStateException("It ended: " + ended.get());
    }
    return details.running();
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private void await(String id, String what, Condition condition) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    while (!condition.holds()) {
      if (nanoTicker.getAsLong() > deadline) {
        throw new IllegalStateException(
            "It does not %s after %d s%s".formatted(what, timeout.toSeconds(), lastFailure(id)));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private String lastFailure(String id) throws InterruptedException {
    return flink.failures(id).stream()
        .findFirst()
        .map(failure -> "; it failed with " + failure)
        .orElse("");
  }
}
