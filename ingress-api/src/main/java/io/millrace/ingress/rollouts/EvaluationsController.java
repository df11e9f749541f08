package io.millrace.ingress.rollouts;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.models.ModelCatalog;
import io.millrace.ingress.models.ModelEvaluations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v1/models/{model}/evaluations}: how candidates did on labelled data. */
@Controller("/v1/models")
@Tag(name = "Rollouts")
final class EvaluationsController {

  private final ModelCatalog catalog;
  private final ModelEvaluations evaluations;

  EvaluationsController(ModelCatalog catalog, ModelEvaluations evaluations) {
    this.catalog = catalog;
    this.evaluations = evaluations;
  }

  @Operation(
      operationId = "listEvaluations",
      summary = "Lists the evaluations of a model",
      description =
          "The last one of each candidate against each version in production. A rollout starts with"
              + " one that passed.")
  @ApiResponse(
      responseCode = "200",
      description = "The evaluations, the newest first.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = EvaluationList.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/DeploymentsUnknown")
  @RequiresScope(Scope.READ)
  @Get("/{model}/evaluations")
  EvaluationList list(
      @Parameter(description = "The model's name.", example = "support-desk") String model) {
    catalog.require(model);
    return new EvaluationList(evaluations.of(model).stream().map(Evaluation::of).toList());
  }
}
