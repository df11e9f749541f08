package io.millrace.ingress.deployments;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v1/models/{model}/deployment}: which versions of a model answer, and how. */
@Controller("/v1/models")
@Tag(name = "Models")
final class DeploymentController {

  private final Deployments deployments;

  DeploymentController(Deployments deployments) {
    this.deployments = deployments;
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
              description = "The revision, in quotes.",
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
    return answer(ModelDeployment.of(deployments.get(model)));
  }

  private static HttpResponse<ModelDeployment> answer(ModelDeployment deployment) {
    return HttpResponse.ok(deployment).header(HttpHeaders.ETAG, deployment.etag());
  }
}
