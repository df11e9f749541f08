package io.millrace.ingress.rollouts;

import io.micronaut.http.MediaType;
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
import java.util.concurrent.CompletableFuture;

/** {@code /v1/models/{model}/rollout}: how a candidate comes to answer everything, or not. */
@Controller("/v1/models/{model}/rollout")
@Tag(name = "Rollouts")
final class RolloutController {

  private final Rollouts rollouts;

  RolloutController(Rollouts rollouts) {
    this.rollouts = rollouts;
  }

  @Operation(
      operationId = "getRollout",
      summary = "Reads the rollout of a model",
      description =
          "Where it is, its evidence with confidence bounds now and over time, and all decisions. A"
              + " model that is deployed without a rollout is active and has no plan.")
  @ApiResponse(
      responseCode = "200",
      description = "The rollout.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Rollout.class)))
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/DeploymentsUnknown")
  @RequiresScope(Scope.READ)
  @Get
  CompletableFuture<Rollout> get(
      @Parameter(description = "A deployed model.", example = "support-desk") String model) {
    return rollouts.get(model);
  }
}
