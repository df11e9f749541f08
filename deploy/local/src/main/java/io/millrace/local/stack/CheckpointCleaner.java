package io.millrace.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what earlier jobs left, once the running one has a checkpoint to restart from. */
final class CheckpointCleaner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointCleaner.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Checkpoints checkpoints;
  private final String jobId;
  private final ScheduledExecutorService scheduler;

  private CheckpointCleaner(Checkpoints checkpoints, String jobId) {
    this.checkpoints = checkpoints;
    this.jobId = jobId;
    scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "checkpoint-cleaner");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts to look for the running job's first checkpoint. */
  static CheckpointCleaner start(Checkpoints checkpoints, String jobId) {
    CheckpointCleaner cleaner = new CheckpointCleaner(checkpoints, jobId);
    long millis = INTERVAL.toMillis();
    var task =
        cleaner.scheduler.scheduleWithFixedDelay(
            cleaner::clean, millis, millis, TimeUnit.MILLISECONDS);
    LOG.debug("Looking for the first checkpoint of job {}, {}", jobId, task);
    return cleaner;
  }

  private void clean() {
    try {
      if (checkpoints.hasCompleted(jobId)) {
        checkpoints.deleteAllBut(jobId);
        scheduler.shutdown();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot delete old checkpoints, trying again: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
