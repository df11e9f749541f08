package io.millrace.ingress.openai;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.millrace.ingress.SynchronousSettings;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.jobs.SynchronousJobs;
import io.millrace.ingress.problem.OpenAiProblem;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.ingress.protocol.ProtocolLimits;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Tensor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@code /v1/embeddings}: each text is a job, so that texts are batched and cached one by one. The
 * call fails when one of them does.
 */
@Controller("/v1/embeddings")
@Tag(name = "OpenAI")
final class EmbeddingsController {

  private final EmbeddingsRequestReader reader;
  private final EmbeddingModels models;
  private final SynchronousJobs jobs;

  EmbeddingsController(
      EmbeddingModels models,
      SynchronousJobs jobs,
      ProtocolLimits limits,
      SynchronousSettings settings) {
    this.reader = new EmbeddingsRequestReader(limits, settings.maxTexts());
    this.models = models;
    this.jobs = jobs;
  }

  @Operation(
      operationId = "createEmbeddings",
      summary = "Makes embeddings of texts",
      description =
          "For models whose task is text-embedding, as OpenAI's clients ask for it. Each text is a"
              + " job; the answer comes when all have ended, and is an error when one of them"
              + " failed.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = "traceparent",
      ref = "#/components/parameters/Traceparent")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = EmbeddingsBody.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The embeddings in the order of the texts.",
      content = @Content(schema = @Schema(implementation = EmbeddingsResponse.class)))
  @ApiResponse(
      responseCode = "400",
      description = "The request is not valid, or the model refused a text.",
      content = @Content(schema = @Schema(implementation = OpenAiProblem.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No such model is deployed.",
      content = @Content(schema = @Schema(implementation = OpenAiProblem.class)))
  @ApiResponse(
      responseCode = "429",
      description = "The tenant's quota is used up.",
      headers =
          @Header(
              name = "Retry-After",
              description = "Seconds after which to ask again.",
              schema = @Schema(type = "integer")),
      content = @Content(schema = @Schema(implementation = OpenAiProblem.class)))
  @ApiResponse(
      responseCode = "500",
      description = "The model failed.",
      content = @Content(schema = @Schema(implementation = OpenAiProblem.class)))
  @ApiResponse(
      responseCode = "503",
      description = "Too much under way, or the model does not take requests now.",
      headers =
          @Header(
              name = "Retry-After",
              description = "Seconds after which to ask again.",
              schema = @Schema(type = "integer")),
      content = @Content(schema = @Schema(implementation = OpenAiProblem.class)))
  @ApiResponse(
      responseCode = "504",
      description = "The embeddings were not there in time; the jobs go on.",
      content = @Content(schema = @Schema(implementation = OpenAiProblem.class)))
  @RequiresScope(Scope.SUBMIT)
  @Post
  CompletableFuture<EmbeddingsResponse> create(@Parameter(hidden = true) HttpRequest<byte[]> http) {
    EmbeddingsRequest request = reader.read(http.getBody().orElseGet(() -> new byte[0]));
    EmbeddingModel model = models.require(request.model());
    request.dimensions().ifPresent(model::requireDimensions);
    List<Supplier<InferenceRequest>> sources = new ArrayList<>();
    for (String text : request.input()) {
      sources.add(() -> model.request(text, request.user()));
    }
    return jobs.runAll(http, request.model(), sources)
        .thenApply(results -> response(request, model, results));
  }

  private static EmbeddingsResponse response(
      EmbeddingsRequest request, EmbeddingModel model, List<InferenceResult> results) {
    List<EmbeddingsResponse.Embedding> data = new ArrayList<>(results.size());
    int tokens = 0;
    for (int i = 0; i < results.size(); i++) {
      InferenceResult result = succeeded(results.get(i), i);
      Tensor vector = model.vector(result.getOutputs());
      data.add(EmbeddingsResponse.Embedding.of(i, written(vector, request.encoding())));
      // Only what was computed for this call knows its tokens.
      tokens += result.getExecution() == null ? 0 : result.getExecution().getTokens();
    }
    return EmbeddingsResponse.of(data, request.model(), tokens);
  }

  private static InferenceResult succeeded(InferenceResult result, int index) {
    try {
      return SynchronousJobs.requireSuccess(result);
    } catch (ProblemException e) {
      throw e.at("/input/" + index);
    }
  }

  private static Object written(Tensor vector, EmbeddingsRequest.Encoding encoding) {
    if (encoding == EmbeddingsRequest.Encoding.BASE64) {
      // The raw form of a tensor is the one that clients decode.
      byte[] raw = new byte[vector.getData().remaining()];
      vector.getData().duplicate().get(raw);
      return Base64.getEncoder().encodeToString(raw);
    }
    try {
      float[] components = Tensors.floats(vector);
      List<Float> numbers = new ArrayList<>(components.length);
      for (float component : components) {
        numbers.add(component);
      }
      return numbers;
    } catch (InvalidTensorException e) {
      throw new IllegalStateException("Not a valid tensor", e);
    }
  }
}
