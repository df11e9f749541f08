package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.cache.WebhookDeliveryStore;
import io.millrace.ingress.RedisSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Finds out what became of telling the webhooks of jobs. */
@Singleton
final class WebhookQueries {

  private final WebhookDeliveryStore store;
  private final Duration timeout;

  WebhookQueries(WebhookDeliveryStore store, RedisSettings settings) {
    this.store = store;
    this.timeout = settings.timeout();
  }

  /**
   * The status of a job's delivery. Empty for a job without a webhook or without an end, and when
   * it cannot be read: the job is worth showing without it.
   */
  CompletableFuture<Optional<WebhookDeliveryStatus>> find(JobEntry job) {
    if (!(job instanceof JobEntry.Finished finished) || finished.result().getWebhook() == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return store
        .find(job.jobId())
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> Optional.empty());
  }
}
