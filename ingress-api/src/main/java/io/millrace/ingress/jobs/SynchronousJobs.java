package io.millrace.ingress.jobs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.millrace.cache.JobEntry;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.SynchronousSettings;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.ingress.tracing.RequestTrace;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of calls that answer with the result itself. The jobs are like all others: they go on when
 * the call gives up.
 */
@Singleton
public final class SynchronousJobs {

  private static final String RETRY_AFTER_SECONDS = "1";

  private final JobSubmissions submissions;
  private final Duration maxWait;
  private final Duration resultTtl;

  SynchronousJobs(JobSubmissions submissions, SynchronousSettings settings, RedisSettings redis) {
    this.submissions = submissions;
    this.maxWait = settings.maxWait();
    this.resultTtl = redis.resultTtl();
  }

  /**
   * Submits a job and waits for its end; a client that sends {@code Prefer: respond-async} waits no
   * longer than it says there. The future fails with a {@link ProblemException}: those of a
   * submission; {@code RESULT_TIMEOUT}; or why the job did not succeed.
   *
   * @param source reads the request, on a thread that may take its time
   * @throws ProblemException {@code OVERLOADED} when too many submissions are under way
   */
  public CompletableFuture<SynchronousAnswer> run(
      HttpRequest<?> request,
      String model,
      @Nullable String version,
      Supplier<InferenceRequest> source) {
    Preference preference = Preference.parse(request.getHeaders().getAll(Preference.HEADER));
    if (preference.respondAsync()) {
      Submission submission =
          new Submission(
              Callers.of(request).tenant(),
              model,
              version,
              RequestTrace.of(request),
              preference.maxWait());
      return submissions.submit(submission, source).thenApply(this::asynchronous);
    }
    return submissions
        .submit(synchronous(request, model, version), source)
        .thenApply(answer -> new SynchronousAnswer.Succeeded(result(answer)));
  }

  /**
   * Submits several jobs that are admitted as one and waits for the end of all. The future fails as
   * {@link #run} does when a submission is refused or a result is not there in time; each job that
   * did not succeed is told by its own result.
   *
   * @param sources one a job; at least one
   * @return the results in the order of the sources
   */
  public CompletableFuture<List<InferenceResult>> runAll(
      HttpRequest<?> request, String model, List<Supplier<InferenceRequest>> sources) {
    return submissions
        .submitAll(synchronous(request, model, null), sources)
        .thenApply(answers -> answers.stream().map(this::ended).toList());
  }

  /**
   * Checks that a job has succeeded.
   *
   * @throws ProblemException says why it did not
   */
  public static InferenceResult requireSuccess(InferenceResult result) {
    if (result.getStatus() == ResultStatus.SUCCEEDED) {
      return result;
    }
    JobError error = JobError.of(result);
    throw new ProblemException(
        type(result), "Job %s: %s.".formatted(result.getJobId(), error.message()));
  }

  private static ProblemType type(InferenceResult result) {
    if (result.getError() == null) {
      return ProblemType.MODEL_FAILED;
    }
    return switch (result.getError().getReason()) {
      case INVALID_INPUT -> ProblemType.INPUT_REFUSED;
      case MODEL_NOT_FOUND -> ProblemType.UNKNOWN_MODEL;
      case CIRCUIT_OPEN, OUT_OF_MEMORY -> ProblemType.MODEL_UNAVAILABLE;
      case TIMEOUT, EXPIRED -> ProblemType.RESULT_TIMEOUT;
      case CANCELLED -> ProblemType.JOB_CANCELLED;
      case MODEL_FAILURE, NON_FINITE_OUTPUT -> ProblemType.MODEL_FAILED;
    };
  }

  private SynchronousAnswer asynchronous(JobAnswer answer) {
    if (answer.job() instanceof JobEntry.Finished finished) {
      return new SynchronousAnswer.Succeeded(requireSuccess(finished.result()));
    }
    return new SynchronousAnswer.Accepted(
        HttpResponse.accepted()
            .header(HttpHeaders.LOCATION, JobUrls.of(answer.job().jobId()).self())
            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
            .header(Preference.APPLIED_HEADER, "respond-async")
            .body(Job.of(answer.job(), resultTtl)));
  }

  private InferenceResult result(JobAnswer answer) {
    return requireSuccess(ended(answer));
  }

  private InferenceResult ended(JobAnswer answer) {
    if (answer.job() instanceof JobEntry.Finished finished) {
      return finished.result();
    }
    String id = answer.job().jobId();
    throw new ProblemException(
        ProblemType.RESULT_TIMEOUT,
        "Job %s has no result within %s and goes on; GET %s reads it."
            .formatted(id, maxWait, JobUrls.of(id).self()));
  }

  private Submission synchronous(HttpRequest<?> request, String model, @Nullable String version) {
    return new Submission(
        Callers.of(request).tenant(),
        model,
        version,
        RequestTrace.of(request),
        Optional.of(maxWait),
        true);
  }
}
