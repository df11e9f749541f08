package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.cache.JobStore;
import io.millrace.ingress.RateLimit;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.operations.IngressMetrics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes accepted jobs on the read side, so that they are found before they have a result. */
@Singleton
final class AcceptedJobs {

  private static final Logger log = LoggerFactory.getLogger(AcceptedJobs.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final JobStore store;
  private final Duration timeout;
  private final IngressMetrics metrics;
  private final RateLimit warnings = new RateLimit(LOG_INTERVAL, System::nanoTime);

  AcceptedJobs(JobStore store, RedisSettings settings, IngressMetrics metrics) {
    this.store = store;
    this.timeout = settings.timeout();
    this.metrics = metrics;
  }

  /**
   * Notes a job. The job is in the log, so when the store is away it is accepted all the same: the
   * future never fails.
   */
  CompletableFuture<Void> note(JobEntry.Accepted job) {
    return CompletableFuture.completedFuture(job)
        .thenCompose(store::accepted)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> failed(job, failure));
  }

  private @Nullable Void failed(JobEntry.Accepted job, Throwable failure) {
    metrics.storeFailed();
    if (warnings.tryPass()) {
      log.atWarn()
          .addKeyValue("job_id", job.jobId())
          .log(
              "Accepted jobs cannot be noted in the job store, they are not found before the"
                  + " projection has come to them: {}",
              failure.toString());
    }
    return null;
  }
}
