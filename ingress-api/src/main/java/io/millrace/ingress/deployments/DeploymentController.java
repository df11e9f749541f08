package io.millrace.ingress.deployments;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.models.DeploymentState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** {@code /v1/models/{model}/deployment}: which versions of a model answer, and how. */
@Controller("/v1/models")
@Tag(name = "Models")
final class DeploymentController {

  private final Deployments deployments;
  private final DeploymentReader reader;
  private final OperatorTasks tasks;

  DeploymentController(Deployments deployments, DeploymentReader reader, OperatorTasks tasks) {
    this.deployments = deployments;
    this.reader = reader;
    this.tasks = tasks;
  }

  @Operation(
      operationId = "getDeployment",
      summary = "Reads the deployment of a model",
      description =
          "As the decisions of rollouts have left it: after a promotion the candidate is the"
              + " version in production. The ETag is what a change wants as If-Match.")
  @ApiResponse(
      responseCode = "200",
      description = "The deployment.",
      headers =
          @Header(
              name = "ETag",
              description = "The revision, and the decision that has changed it since, in quotes.",
              schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ModelDeployment.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/DeploymentsUnknown")
  @RequiresScope(Scope.READ)
  @Get("/{model}/deployment")
  HttpResponse<ModelDeployment> get(
      @Parameter(description = "A deployed model.", example = "support-desk") String model) {
    return answer(deployments.get(model));
  }

  @Operation(
      operationId = "putDeployment",
      summary = "Changes the deployment of a model",
      description =
          "Replaces it whole, if it still is the one that If-Match says. Versions that are"
              + " new get traffic once they are loaded everywhere; until then those of before"
              + " answer. While a rollout runs nothing else is changed.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = "If-Match",
      ref = "#/components/parameters/IfMatchRevision")
  @Parameter(
      in = ParameterIn.HEADER,
      name = "If-None-Match",
      ref = "#/components/parameters/IfNoneMatchAny")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeploymentRequest.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The new deployment, durably in the log.",
      headers =
          @Header(
              name = "ETag",
              description = "The new revision, in quotes.",
              schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ModelDeployment.class)))
  @ApiResponse(responseCode = "400", ref = "#/components/responses/Malformed")
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
  @ApiResponse(responseCode = "409", ref = "#/components/responses/RolloutRunning")
  @ApiResponse(responseCode = "412", ref = "#/components/responses/RevisionMismatch")
  @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge")
  @ApiResponse(responseCode = "415", ref = "#/components/responses/UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "#/components/responses/Invalid")
  @ApiResponse(responseCode = "428", ref = "#/components/responses/PreconditionRequired")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/NotChanged")
  @RequiresScope(Scope.OPERATE)
  @Put("/{model}/deployment")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<ModelDeployment>> put(
      @Parameter(description = "The model's name.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    RevisionCondition condition = RevisionCondition.of(request.getHeaders());
    byte[] body = JsonBodies.required(request);
    String by = Callers.of(request).id();
    return tasks
        .submit(
            () ->
                deployments.change(
                    model,
                    by,
                    current -> {
                      condition.check(current.map(deployments::tag));
                      return reader.read(model, body);
                    }))
        .thenApply(DeploymentController::answer);
  }

  private static HttpResponse<ModelDeployment> answer(DeploymentState state) {
    return HttpResponse.ok(ModelDeployment.of(state))
        .header(HttpHeaders.ETAG, DeploymentTag.of(state.revision(), state.decision()).header());
  }
}
