package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.RateLimit;
import io.millrace.ingress.operations.IngressMetrics;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.Traceparent;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels jobs: once the log has acknowledged it, the job will end as cancelled, unless it ends
 * otherwise before.
 */
@Singleton
final class JobCancellations {

  private static final Logger log = LoggerFactory.getLogger(JobCancellations.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final JobQueries queries;
  private final JobWaits waits;
  private final CommandFactory factory;
  private final CommandLog commands;
  private final IngressMetrics metrics;
  private final Executor workers;
  private final Executor completions;
  private final Bound inFlight;
  private final RateLimit warnings = new RateLimit(LOG_INTERVAL, System::nanoTime);

  /**
   * @param workers threads that may block, for a bounded time, on the log
   * @param completions threads that never block
   */
  JobCancellations(
      JobQueries queries,
      JobWaits waits,
      CommandFactory factory,
      CommandLog commands,
      IngressMetrics metrics,
      HttpSettings settings,
      @Named("workers") Executor workers,
      @Named("completions") Executor completions) {
    this.queries = queries;
    this.waits = waits;
    this.factory = factory;
    this.commands = commands;
    this.metrics = metrics;
    this.workers = workers;
    this.completions = completions;
    this.inFlight = new Bound(settings.maxInFlight());
  }

  /**
   * Cancels a job and answers with it as it is then; of a job that has ended nothing is written.
   * The future fails with a {@link ProblemException}: those of {@link JobQueries#find}; {@code
   * NOT_CANCELLABLE}; {@code LOG_UNAVAILABLE}.
   *
   * @param wanted how long the client would wait for the end
   * @throws ProblemException {@code OVERLOADED} when too many cancellations are under way
   */
  CompletableFuture<JobAnswer> cancel(
      String tenant, String id, Traceparent trace, Optional<Duration> wanted) {
    Bound.Place place = inFlight.tryEnter();
    if (place == null) {
      throw new ProblemException(
          ProblemType.OVERLOADED, "Too many cancellations are under way; cancel the job again.");
    }
    return CompletableFuture.completedFuture(id)
        .thenCompose(job -> queries.find(tenant, job, Optional.empty()))
        .thenComposeAsync(
            answer ->
                answer.job() instanceof JobEntry.Accepted job
                    ? cancel(job, trace, wanted, place)
                    : CompletableFuture.completedFuture(answer),
            workers)
        .whenComplete((answer, failure) -> place.close());
  }

  private CompletableFuture<JobAnswer> cancel(
      JobEntry.Accepted job, Traceparent trace, Optional<Duration> wanted, Bound.Place place) {
    var command = factory.cancellation(job, trace);
    JobWaits.JobWait wait = waits.open(job.jobId(), wanted);
    return commands
        .append(command, trace)
        .handleAsync(
            (nothing, failure) -> {
              place.close();
              if (failure != null) {
                throw refused(failure);
              }
              metrics.cancelled();
              return job;
            },
            completions)
        .thenCompose(accepted -> queries.await(accepted, wait))
        .whenComplete((answer, failure) -> JobWaits.close(wait));
  }

  private ProblemException refused(Throwable failure) {
    if (warnings.tryPass()) {
      log.warn("Jobs are not cancelled, the log does not acknowledge: {}", failure.toString());
    }
    return new ProblemException(
        ProblemType.LOG_UNAVAILABLE,
        "The request log did not acknowledge the cancellation in time; cancel the job again.");
  }
}
