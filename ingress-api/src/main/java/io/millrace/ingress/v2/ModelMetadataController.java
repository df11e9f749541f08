package io.millrace.ingress.v2;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v2/models/...}: what models are and whether they take requests. */
@Controller("/v2/models")
@Tag(name = "Open Inference Protocol")
final class ModelMetadataController {

  private final ModelDescriptions models;

  ModelMetadataController(ModelDescriptions models) {
    this.models = models;
  }

  @Operation(
      operationId = "modelMetadata",
      summary = "Describes a model",
      description = "The inputs and outputs of the version in production.")
  @ApiResponse(
      responseCode = "200",
      description = "The model.",
      content = @Content(schema = @Schema(implementation = ModelDescription.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/InferenceUnknownModel")
  @RequiresScope(Scope.READ)
  @Get("/{model}")
  ModelDescription metadata(
      @Parameter(description = "A deployed model.", example = "support-desk") String model) {
    return models.of(model, null);
  }

  @Operation(
      operationId = "modelVersionMetadata",
      summary = "Describes one version of a model",
      description = "Its inputs and outputs.")
  @ApiResponse(
      responseCode = "200",
      description = "The version.",
      content = @Content(schema = @Schema(implementation = ModelDescription.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/InferenceUnknownModel")
  @RequiresScope(Scope.READ)
  @Get("/{model}/versions/{version}")
  ModelDescription versionMetadata(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(description = "A version of it.", example = "1.0.0") String version) {
    return models.of(model, version);
  }

  @Operation(
      operationId = "modelReady",
      summary = "Says whether a model takes requests",
      description = "It does when it is deployed.")
  @ApiResponse(
      responseCode = "200",
      description = "Ready.",
      content = @Content(schema = @Schema(implementation = ModelReady.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/InferenceUnknownModel")
  @RequiresScope(Scope.READ)
  @Get("/{model}/ready")
  ModelReady ready(
      @Parameter(description = "A deployed model.", example = "support-desk") String model) {
    return new ModelReady(models.of(model, null).name(), true);
  }

  @Operation(
      operationId = "modelVersionReady",
      summary = "Says whether a version of a model takes requests",
      description = "It does when the model is deployed and has the version.")
  @ApiResponse(
      responseCode = "200",
      description = "Ready.",
      content = @Content(schema = @Schema(implementation = ModelReady.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/InferenceUnknownModel")
  @RequiresScope(Scope.READ)
  @Get("/{model}/versions/{version}/ready")
  ModelReady versionReady(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(description = "A version of it.", example = "1.0.0") String version) {
    return new ModelReady(models.of(model, version).name(), true);
  }
}
