package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds out what became of jobs. */
@Singleton
final class JobQueries {

  private final ReadSide readSide;
  private final JobWaits waits;
  private final Clock clock;
  private final Executor completions;
  private final Duration resultTtl;

  JobQueries(
      ReadSide readSide,
      JobWaits waits,
      Clock clock,
      RedisSettings settings,
      @Named("completions") Executor completions) {
    this.readSide = readSide;
    this.waits = waits;
    this.clock = clock;
    this.completions = completions;
    this.resultTtl = settings.resultTtl();
  }

  /**
   * Finds a job, and waits for its end when it has none yet and the client would. The future fails
   * with a {@link ProblemException}: {@code UNKNOWN_JOB}, also for the job of another tenant;
   * {@code RESULT_EXPIRED}; {@code STATUS_REBUILDING}; {@code RESULTS_UNAVAILABLE}.
   *
   * @throws ProblemException {@code UNKNOWN_JOB} when the id is no job id
   */
  CompletableFuture<JobAnswer> find(String tenant, String id, Optional<Duration> wanted) {
    Instant acceptedAt = JobIds.acceptedAt(id).orElseThrow(JobQueries::unknown);
    String jobId = id.toLowerCase(Locale.ROOT);
    JobWaits.JobWait wait = waits.open(jobId, wanted);
    return readSide
        .find(tenant, jobId, acceptedAt)
        .handleAsync(
            (found, failure) -> {
              if (failure != null) {
                throw refusal(failure);
              }
              return known(found, acceptedAt);
            },
            completions)
        .thenCompose(job -> await(job, wait))
        .whenComplete((answer, failure) -> JobWaits.close(wait));
  }

  /** The answer about a job: at once when it has ended or nobody waits, else when that is over. */
  CompletableFuture<JobAnswer> await(JobEntry job, JobWaits.@Nullable JobWait wait) {
    if (wait == null || job instanceof JobEntry.Finished) {
      return CompletableFuture.completedFuture(JobAnswer.of(job, wait));
    }
    return wait.over()
        .thenComposeAsync(nothing -> readSide.find(job.tenant(), job.jobId()), completions)
        // Away or emptied now, but the job was there: what was known of it is still true.
        .exceptionally(failure -> Optional.empty())
        .thenApplyAsync(found -> JobAnswer.of(found.orElse(job), wait), completions);
  }

  private JobEntry known(Optional<JobEntry> found, Instant acceptedAt) {
    if (found.isEmpty() && acceptedAt.plus(resultTtl).isBefore(clock.instant())) {
      throw new ProblemException(
          ProblemType.RESULT_EXPIRED,
          "Results are kept for %s; a job of this id would be older.".formatted(resultTtl));
    }
    return found.orElseThrow(JobQueries::unknown);
  }

  private static ProblemException refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof ProblemException known) {
      return known;
    }
    return new ProblemException(
        ProblemType.RESULTS_UNAVAILABLE, "Job status and results cannot be read now; ask again.");
  }

  private static ProblemException unknown() {
    return new ProblemException(ProblemType.UNKNOWN_JOB, "No job of this id was accepted.");
  }
}
