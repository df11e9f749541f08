package io.millrace.ingress.operations;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.OpenToAll;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** {@code /health}: whether the process lives, and whether it can take jobs. */
@Controller("/health")
@Tag(name = "Operations")
@SecurityRequirements
final class HealthController {

  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  @Operation(
      operationId = "live",
      summary = "Says that the process lives",
      description = "Looks at nothing outside the process, so that a restart can help.")
  @OpenToAll
  @Get("/live")
  Health live() {
    return Health.up();
  }

  @Operation(
      operationId = "ready",
      summary = "Says whether jobs can be taken",
      description = "Each check says ok, or what is missing.")
  @ApiResponse(
      responseCode = "200",
      description = "Ready.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Health.class)))
  @ApiResponse(
      responseCode = "503",
      description = "Not ready; checks says why.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Health.class)))
  @OpenToAll
  @Get("/ready")
  CompletableFuture<HttpResponse<Health>> ready() {
    return readiness
        .check()
        .thenApply(
            health ->
                HttpResponse.<Health>status(
                        health.isUp() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                    .body(health));
  }
}
