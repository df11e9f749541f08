package io.millrace.ingress.jobs;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.problem.Problem;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.FeedbackReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** {@code /v1/jobs/{id}/feedback}: the ground truth for the answer of a job. */
@Controller("/v1")
@Tag(name = "Jobs")
final class FeedbackController {

  private final FeedbackReader reader;
  private final JobFeedback feedback;

  FeedbackController(FeedbackReader reader, JobFeedback feedback) {
    this.reader = reader;
    this.feedback = feedback;
  }

  @Operation(
      operationId = "giveFeedback",
      summary = "Says what the right answer of a job was",
      description =
          "Takes either the right label, for a classifier, or the right outputs. Answers 202 once"
              + " it is durably in the log. The last feedback on a job counts.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = FeedbackRequest.class),
              examples = @ExampleObject(name = "a label", value = "{\"label\": \"delivery\"}")))
  @ApiResponse(
      responseCode = "202",
      description = "The feedback is accepted.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = FeedbackReceipt.class)))
  @ApiResponse(responseCode = "400", ref = "#/components/responses/Malformed")
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownJob")
  @ApiResponse(
      responseCode = "409",
      description = "The job has not ended, or did not succeed: there is no answer to judge.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "410", ref = "#/components/responses/ResultExpired")
  @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge")
  @ApiResponse(responseCode = "415", ref = "#/components/responses/UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "#/components/responses/Invalid")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/NotAccepted")
  @RequiresScope(Scope.SUBMIT)
  @Post("/jobs/{id}/feedback")
  CompletableFuture<HttpResponse<FeedbackReceipt>> give(
      @Parameter(description = "The job's id.", example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
          String id,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    if (request.getContentType().filter(MediaType.APPLICATION_JSON_TYPE::equals).isEmpty()) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Expected a body of Content-Type application/json.");
    }
    byte[] body = request.getBody().orElseGet(() -> new byte[0]);
    return feedback
        .give(Callers.of(request).tenant(), id, () -> reader.read(body))
        .thenApply(given -> HttpResponse.accepted().body(FeedbackReceipt.of(given)));
  }
}
