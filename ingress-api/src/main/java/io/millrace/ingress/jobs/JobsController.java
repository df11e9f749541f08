package io.millrace.ingress.jobs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.millrace.cache.JobEntry;
import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.ingress.protocol.InferenceRequestReader;
import io.millrace.ingress.tracing.RequestTrace;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /v1/.../jobs}: submitting jobs, reading and cancelling them. */
@Controller("/v1")
@Tag(name = "Jobs")
final class JobsController {

  private static final String SUBMIT_DESCRIPTION =
      "Answers 202 once the job is durably in the log. With `Prefer: wait=N` it answers 200 with"
          + " the job and its result when that is there within N seconds, else 202.";

  private static final String PREFER = "Prefer";
  private static final String PREFERENCE_APPLIED = "Preference-Applied";
  private static final String RETRY_AFTER_SECONDS = "1";

  private final InferenceRequestReader reader;
  private final JobSubmissions submissions;
  private final IdempotentSubmissions idempotent;
  private final JobQueries queries;
  private final JobCancellations cancellations;
  private final WebhookQueries webhooks;
  private final Duration resultTtl;

  JobsController(
      InferenceRequestReader reader,
      JobSubmissions submissions,
      IdempotentSubmissions idempotent,
      JobQueries queries,
      JobCancellations cancellations,
      WebhookQueries webhooks,
      RedisSettings settings) {
    this.reader = reader;
    this.submissions = submissions;
    this.idempotent = idempotent;
    this.queries = queries;
    this.cancellations = cancellations;
    this.webhooks = webhooks;
    this.resultTtl = settings.resultTtl();
  }

  @Operation(
      operationId = "submitJob",
      summary = "Submits a job to a model",
      description = SUBMIT_DESCRIPTION)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobRequest.class)))
  @JobSubmitResponses
  @RequiresScope(Scope.SUBMIT)
  @Post("/models/{model}/jobs")
  CompletableFuture<HttpResponse<Job>> submit(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return submit(model, null, request);
  }

  @Operation(
      operationId = "submitJobToVersion",
      summary = "Submits a job to one version of a model",
      description = SUBMIT_DESCRIPTION)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobRequest.class)))
  @JobSubmitResponses
  @RequiresScope(Scope.SUBMIT)
  @Post("/models/{model}/versions/{version}/jobs")
  CompletableFuture<HttpResponse<Job>> submitToVersion(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(description = "The version that must answer.", example = "1.0.0") String version,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return submit(model, version, request);
  }

  @Operation(
      operationId = "getJob",
      summary = "Reads a job",
      description =
          "A job that failed is read with 200 too; its status and error say so. With `Prefer:"
              + " wait=N` the answer waits until the job has ended, at most N seconds.")
  @JobReadResponses
  @RequiresScope(Scope.READ)
  @Get("/jobs/{id}")
  CompletableFuture<HttpResponse<Job>> get(
      @Parameter(description = "The job's id.", example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
          String id,
      @Parameter(hidden = true) HttpRequest<?> request) {
    return queries
        .find(Callers.of(request).tenant(), id, preference(request).maxWait())
        .thenCompose(
            answer -> webhooks.find(answer.job()).thenApply(delivery -> read(answer, delivery)));
  }

  @Operation(
      operationId = "cancelJob",
      summary = "Cancels a job",
      description =
          "Answers with the job as it is once the cancellation is durably in the log. A job that"
              + " waits ends as cancelled; one that has ended, or ends before, stays as it is. Doing"
              + " it again changes nothing. With `Prefer: wait=N` the answer waits until the job has"
              + " ended, at most N seconds.")
  @JobCancelResponses
  @RequiresScope(Scope.SUBMIT)
  @Post("/jobs/{id}/cancel")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<Job>> cancel(
      @Parameter(description = "The job's id.", example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
          String id,
      @Parameter(hidden = true) HttpRequest<?> request) {
    return cancellations
        .cancel(
            Callers.of(request).tenant(),
            id,
            RequestTrace.of(request).context(),
            preference(request).maxWait())
        .thenApply(this::read);
  }

  private CompletableFuture<HttpResponse<Job>> submit(
      String model, @Nullable String version, HttpRequest<byte[]> request) {
    if (request.getContentType().filter(MediaType.APPLICATION_JSON_TYPE::equals).isEmpty()) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Expected a body of Content-Type application/json.");
    }
    Submission submission =
        new Submission(
            Callers.of(request).tenant(),
            model,
            version,
            RequestTrace.of(request),
            preference(request).maxWait());
    byte[] body = request.getBody().orElseGet(() -> new byte[0]);
    Supplier<InferenceRequest> source = () -> reader.read(body);
    return IdempotencyKey.of(request)
        .map(
            key ->
                idempotent.submit(
                    submission, key, IdempotencyKey.fingerprint(request, body), source))
        .orElseGet(() -> submissions.submit(submission, source))
        .thenApply(this::accepted);
  }

  private HttpResponse<Job> accepted(JobAnswer answer) {
    if (answer.job() instanceof JobEntry.Finished) {
      return response(HttpResponse.ok(), answer);
    }
    return response(HttpResponse.accepted(), answer)
        .header(HttpHeaders.LOCATION, JobUrls.of(answer.job().jobId()).self())
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }

  private HttpResponse<Job> read(JobAnswer answer) {
    return read(answer, Optional.empty());
  }

  private HttpResponse<Job> read(JobAnswer answer, Optional<WebhookDeliveryStatus> delivery) {
    MutableHttpResponse<Job> response = response(HttpResponse.ok(), answer);
    delivery.ifPresent(known -> response.body(Job.of(answer.job(), resultTtl).with(known)));
    return answer.job() instanceof JobEntry.Finished
        ? response
        : response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }

  private MutableHttpResponse<Job> response(MutableHttpResponse<?> base, JobAnswer answer) {
    answer.waited().ifPresent(wait -> base.header(PREFERENCE_APPLIED, "wait=" + wait.toSeconds()));
    return base.body(Job.of(answer.job(), resultTtl));
  }

  private static Preference preference(HttpRequest<?> request) {
    return Preference.parse(request.getHeaders().getAll(PREFER));
  }
}
