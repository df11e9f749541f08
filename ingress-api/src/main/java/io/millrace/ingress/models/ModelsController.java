package io.millrace.ingress.models;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v1/models}: what is deployed and what is registered. */
@Controller("/v1/models")
@Tag(name = "Models")
final class ModelsController {

  private final ModelCatalog catalog;

  ModelsController(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  @Operation(
      operationId = "listModels",
      summary = "Lists the models",
      description =
          "Those that are deployed, each with the version that answers in production, and those"
              + " that are registered alone.")
  @ApiResponse(
      responseCode = "200",
      description = "The models by name.",
      content = @Content(schema = @Schema(implementation = ModelList.class)))
  @RequiresScope(Scope.READ)
  @Get
  ModelList list() {
    return new ModelList(catalog.all());
  }

  @Operation(
      operationId = "getModel",
      summary = "Reads a model",
      description =
          "How it is deployed, and the signature, labels and baseline metrics of the version in"
              + " production.")
  @ApiResponse(
      responseCode = "200",
      description = "The model.",
      content = @Content(schema = @Schema(implementation = Model.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No such model is deployed or registered.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @RequiresScope(Scope.READ)
  @Get("/{model}")
  Model get(@Parameter(description = "The model's name.", example = "support-desk") String model) {
    return catalog.get(model);
  }

  @Operation(
      operationId = "listModelVersions",
      summary = "Lists the registered versions of a model",
      description =
          "Each with its signature, labels and baseline metrics, and whether the deployment uses"
              + " it.")
  @ApiResponse(
      responseCode = "200",
      description = "The versions, the lowest first.",
      content = @Content(schema = @Schema(implementation = VersionList.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No such model is deployed or registered.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @RequiresScope(Scope.READ)
  @Get("/{model}/versions")
  VersionList versions(
      @Parameter(description = "The model's name.", example = "support-desk") String model) {
    return new VersionList(catalog.versions(model));
  }
}
