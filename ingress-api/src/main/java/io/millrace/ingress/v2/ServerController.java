package io.millrace.ingress.v2;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.OpenToAll;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.operations.Readiness;
import io.millrace.ingress.problem.InferenceProblem;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code /v2} and {@code /v2/health}: what the server is and how it is. */
@Controller("/v2")
@Tag(name = "Open Inference Protocol")
final class ServerController {

  private static final List<String> EXTENSIONS = List.of("binary_tensor_data");

  private final Readiness readiness;
  private final String version;

  ServerController(Readiness readiness, @Value("${micronaut.application.version}") String version) {
    this.readiness = readiness;
    this.version = version;
  }

  @Operation(
      operationId = "serverMetadata",
      summary = "Says what the server is",
      description = "Its name, its version and the extensions of the protocol that it knows.")
  @ApiResponse(
      responseCode = "200",
      description = "The server.",
      content = @Content(schema = @Schema(implementation = ServerMetadata.class)))
  @RequiresScope(Scope.READ)
  @Get
  ServerMetadata metadata() {
    return new ServerMetadata("millrace", version, EXTENSIONS);
  }

  @Operation(
      operationId = "serverLive",
      summary = "Says that the server lives",
      description = "Looks at nothing outside the process.")
  @ApiResponse(
      responseCode = "200",
      description = "It lives.",
      content = @Content(schema = @Schema(implementation = ServerLive.class)))
  @OpenToAll
  @Get("/health/live")
  ServerLive live() {
    return new ServerLive(true);
  }

  @Operation(
      operationId = "serverReady",
      summary = "Says whether requests can be taken",
      description = "Looks at what /health/ready looks at.")
  @ApiResponse(
      responseCode = "200",
      description = "Ready.",
      content = @Content(schema = @Schema(implementation = ServerReady.class)))
  @ApiResponse(
      responseCode = "503",
      description = "Not ready; the error says why.",
      content = @Content(schema = @Schema(implementation = InferenceProblem.class)))
  @OpenToAll
  @Get("/health/ready")
  CompletableFuture<ServerReady> ready() {
    return readiness
        .check()
        .thenApply(
            health -> {
              if (!health.isUp()) {
                throw new ProblemException(
                    ProblemType.NOT_READY, "Not ready: " + health.checks() + ".");
              }
              return new ServerReady(true, true);
            });
  }
}
