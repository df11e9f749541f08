package io.millrace.local.cluster.scaling;

import io.millrace.inference.InferenceJob;
import io.millrace.local.cluster.JobPlan;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.cluster.scale.Rescaling;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobDetails;
import io.millrace.local.flink.JobSummary;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.webhooks.WebhooksJob;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The inference job of a cluster, and how many subtasks it runs with. */
final class RunningJob {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;

  private final FlinkRest flink;
  private final Rescaling rescaling;
  private final LongSupplier nanoTicker;

  private RunningJob(FlinkRest flink, Rescaling rescaling, LongSupplier nanoTicker) {
    this.flink = flink;
    this.rescaling = rescaling;
    this.nanoTicker = nanoTicker;
  }

  static RunningJob of(LocalCluster cluster) {
    JobPlan job = cluster.plan().job(InferenceJob.NAME);
    FlinkRest flink = new FlinkRest(cluster.state().flink());
    return new RunningJob(
        flink, Rescaling.ofInferenceJob(flink, Math.max(2, job.parallelism())), System::nanoTime);
  }

  /** The subtasks that run now; 0 while not all of them do. */
  int parallelism() throws InterruptedException {
    Optional<JobSummary> job = flink.job(InferenceJob.NAME);
    if (job.isEmpty()) {
      return 0;
    }
    JobDetails details = flink.details(job.get().id());
    return details.running() ? rescaling.parallelism(details) : 0;
  }

  /** Asks for so many subtasks and waits until they run. */
  void rescale(int subtasks) throws InterruptedException {
    boolean unused = rescaling.to(id(), subtasks);
    awaitParallelism(subtasks);
  }

  void awaitParallelism(int subtasks) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + PATIENCE.toNanos();
    while (parallelism() != subtasks) {
      if (nanoTicker.getAsLong() - deadline > 0) {
        throw new CommandFailedException(
            "The job does not run with %d subtasks after %d s; it has %d"
                .formatted(subtasks, PATIENCE.toSeconds(), parallelism()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Ends the webhooks job, so that all slots are the inference job's. */
  void cancelWebhooks() throws InterruptedException {
    Optional<JobSummary> webhooks = flink.job(WebhooksJob.NAME);
    if (webhooks.isPresent()) {
      flink.cancel(webhooks.get().id());
    }
  }

  private String id() throws InterruptedException {
    return flink
        .job(InferenceJob.NAME)
        .orElseThrow(() -> new CommandFailedException("The inference job does not run"))
        .id();
  }
}
