package io.millrace.ingress.jobs;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.millrace.ingress.BatchSettings;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.Batch;
import io.millrace.ingress.protocol.BatchReader;
import io.millrace.ingress.tracing.RequestTrace;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** {@code /v1/models/{model}/jobs:batch}: submitting many jobs at once. */
@Controller("/v1")
@Tag(name = "Jobs")
final class BatchController {

  private static final MediaType NDJSON = MediaType.of("application/x-ndjson");

  private static final String EXAMPLE =
      """
      [{"inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
        "data": ["where is my parcel?"]}]},
       {"inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
        "data": ["I want my money back"]}], "priority": "low"}]""";

  private final BatchReader reader;
  private final BatchSubmissions submissions;
  private final int maxBytes;
  private final Duration resultTtl;

  BatchController(
      BatchReader reader,
      BatchSubmissions submissions,
      BatchSettings settings,
      RedisSettings redis) {
    this.reader = reader;
    this.submissions = submissions;
    this.maxBytes = settings.maxBytes();
    this.resultTtl = redis.resultTtl();
  }

  @Operation(
      operationId = "submitJobs",
      summary = "Submits many jobs to a model",
      description =
          "Takes a JSON array of requests, or one a line as application/x-ndjson. Answers 200 once"
              + " each item is durably in the log or refused, with an answer an item, in order; one"
              + " bad item does not refuse the others. A JSON array that is not JSON to its end is"
              + " refused as a whole, a line of NDJSON alone. Takes no Idempotency-Key.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = "traceparent",
      ref = "#/components/parameters/Traceparent")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            array = @ArraySchema(schema = @Schema(implementation = JobRequest.class)),
            examples = @ExampleObject(name = "two", value = EXAMPLE)),
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(implementation = JobRequest.class))
      })
  @ApiResponse(
      responseCode = "200",
      description = "What became of each item.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobBatch.class)))
  @ApiResponse(responseCode = "400", ref = "#/components/responses/Malformed")
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
  @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge")
  @ApiResponse(responseCode = "415", ref = "#/components/responses/UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "#/components/responses/Invalid")
  @ApiResponse(responseCode = "429", ref = "#/components/responses/QuotaExceeded")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/NotAccepted")
  @RequiresScope(Scope.SUBMIT)
  @Post("/models/{model}/jobs:batch")
  @Consumes(MediaType.ALL)
  CompletableFuture<JobBatch> submit(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) @Body @Nullable Publisher<byte[]> body,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Function<byte[], Batch> format = format(request);
    if (request.getHeaders().contains(IdempotencyKey.HEADER)) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST,
          "A batch takes no Idempotency-Key, since each item may end otherwise; submit the jobs one"
              + " by one to give each a key.");
    }
    Submission submission =
        new Submission(
            Callers.of(request).tenant(), model, null, RequestTrace.of(request), Optional.empty());
    return submissions
        .submit(submission, () -> collect(body == null ? Flux.empty() : body), format)
        .thenApply(answers -> JobBatch.of(answers, resultTtl, request.getPath()));
  }

  private Function<byte[], Batch> format(HttpRequest<?> request) {
    MediaType type = request.getContentType().orElse(MediaType.ALL_TYPE);
    if (type.equals(MediaType.APPLICATION_JSON_TYPE)) {
      return reader::array;
    }
    if (type.equals(NDJSON)) {
      return reader::lines;
    }
    throw new ProblemException(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "Expected a body of Content-Type application/json or application/x-ndjson.");
  }

  private CompletableFuture<byte[]> collect(Publisher<byte[]> body) {
    return Flux.from(body)
        .reduceWith(ByteArrayOutputStream::new, this::add)
        .map(ByteArrayOutputStream::toByteArray)
        .toFuture();
  }

  private ByteArrayOutputStream add(ByteArrayOutputStream collected, byte[] part) {
    if (collected.size() + part.length > maxBytes) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "The batch is too large; its body may have at most %d bytes.".formatted(maxBytes));
    }
    collected.writeBytes(part);
    return collected;
  }
}
