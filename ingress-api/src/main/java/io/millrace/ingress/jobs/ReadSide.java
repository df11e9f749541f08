package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.cache.JobProjection;
import io.millrace.cache.JobStore;
import io.millrace.ingress.KafkaSettings;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.Topic;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads what is known of jobs, and tells a job that was never accepted from one that the read side
 * does not know now: because it was emptied, or was away when the job was accepted.
 */
@Singleton
final class ReadSide {

  /** By how much the clocks of two servers may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

  private final JobStore store;
  private final JobProjection projection;
  private final Clock clock;
  private final Duration timeout;
  private final Duration settleTime;

  ReadSide(
      JobStore store,
      JobProjection projection,
      Clock clock,
      RedisSettings redis,
      KafkaSettings kafka) {
    this.store = store;
    this.projection = projection;
    this.clock = clock;
    this.timeout = redis.timeout();
    // A job gets its id first. This much later it is in the log, or was not accepted.
    this.settleTime = kafka.maxBlock().plus(kafka.deliveryTimeout()).plus(CLOCK_SKEW);
  }

  /** What is known of a tenant's job; fails when the store does not answer. */
  CompletableFuture<Optional<JobEntry>> find(String tenant, String jobId) {
    return CompletableFuture.completedFuture(jobId)
        .thenCompose(store::find)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(found -> own(tenant, found));
  }

  /**
   * What is known of a tenant's job; empty only when that is all there is to know. Fails with a
   * {@link ProblemException} {@code STATUS_REBUILDING} when the read side may lack the job.
   *
   * <p>The job of another tenant is looked for twice, like one that is not there: so neither the
   * answer nor the time that it takes says that there is one.
   *
   * @param acceptedAt when a job of this id was accepted, if ever
   */
  CompletableFuture<Optional<JobEntry>> find(String tenant, String jobId, Instant acceptedAt) {
    return find(tenant, jobId)
        .thenCompose(
            found ->
                found.isPresent() || acceptedAt.isAfter(clock.instant().plus(CLOCK_SKEW))
                    ? CompletableFuture.completedFuture(found)
                    : lookAgain(tenant, jobId, acceptedAt));
  }

  private CompletableFuture<Optional<JobEntry>> lookAgain(
      String tenant, String jobId, Instant acceptedAt) {
    return projection
        .lookUp(jobId, Topic.REQUESTS.name())
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            lookUp -> {
              boolean complete =
                  lookUp
                      .completeUntil()
                      .filter(until -> until.isAfter(acceptedAt.plus(settleTime)))
                      .isPresent();
              Optional<JobEntry> found = own(tenant, lookUp.entry());
              if (found.isEmpty() && !complete) {
                throw new ProblemException(
                    ProblemType.STATUS_REBUILDING,
                    "It is not known now whether a job of this id was accepted; ask again.");
              }
              return found;
            });
  }

  private static Optional<JobEntry> own(String tenant, Optional<JobEntry> found) {
    return found.filter(job -> job.tenant().equals(tenant));
  }
}
