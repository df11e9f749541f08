package io.millrace.ingress.v2;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.jobs.SynchronousAnswer;
import io.millrace.ingress.jobs.SynchronousJobs;
import io.millrace.ingress.protocol.InferenceRequestReader;
import io.millrace.ingress.protocol.ProtocolRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code /v2/models/.../infer}: runs a model and answers with its outputs. */
@Controller("/v2/models")
@Tag(name = "Open Inference Protocol")
final class InferController {

  private static final String DESCRIPTION =
      "Submits a job and waits for its result. With `Prefer: respond-async` it answers 202 with the"
          + " native job instead.";

  private final InferenceRequestReader reader;
  private final SynchronousJobs jobs;
  private final InferAnswers answers;

  InferController(InferenceRequestReader reader, SynchronousJobs jobs, InferAnswers answers) {
    this.reader = reader;
    this.jobs = jobs;
    this.answers = answers;
  }

  @Operation(operationId = "infer", summary = "Runs a model", description = DESCRIPTION)
  @InferResponses
  @RequiresScope(Scope.SUBMIT)
  @Post("/{model}/infer")
  @Consumes(MediaType.ALL)
  @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  CompletableFuture<HttpResponse<?>> infer(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return infer(model, null, request);
  }

  @Operation(
      operationId = "inferWithVersion",
      summary = "Runs one version of a model",
      description = DESCRIPTION)
  @InferResponses
  @RequiresScope(Scope.SUBMIT)
  @Post("/{model}/versions/{version}/infer")
  @Consumes(MediaType.ALL)
  @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
  CompletableFuture<HttpResponse<?>> inferWithVersion(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(description = "The version that must answer.", example = "1.0.0") String version,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return infer(model, version, request);
  }

  private CompletableFuture<HttpResponse<?>> infer(
      String model, @Nullable String version, HttpRequest<byte[]> request) {
    byte[] body = request.getBody().orElseGet(() -> new byte[0]);
    int jsonLength = InferHeaders.jsonLength(request, body.length);
    AtomicReference<ProtocolRequest> read = new AtomicReference<>();
    return jobs.run(
            request,
            model,
            version,
            () -> {
              ProtocolRequest understood = reader.readProtocol(body, jsonLength);
              read.set(understood);
              return understood.request();
            })
        .thenApply(answer -> respond(answer, Objects.requireNonNull(read.get())));
  }

  private HttpResponse<?> respond(SynchronousAnswer answer, ProtocolRequest request) {
    if (answer instanceof SynchronousAnswer.Succeeded succeeded) {
      return answers.answer(request, succeeded.result());
    }
    return ((SynchronousAnswer.Accepted) answer).response();
  }
}
