package io.millrace.ingress.rollouts;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.deployments.JsonBodies;
import io.millrace.ingress.deployments.OperatorTasks;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /v1/models/{model}/rollout}: how a candidate comes to answer everything, or not. */
@Controller("/v1/models/{model}/rollout")
@Tag(name = "Rollouts")
final class RolloutController {

  private final Rollouts rollouts;
  private final RolloutStarts starts;
  private final RolloutCommands commands;
  private final RolloutRequestReader reader;
  private final OperatorTasks tasks;

  RolloutController(
      Rollouts rollouts,
      RolloutStarts starts,
      RolloutCommands commands,
      RolloutRequestReader reader,
      OperatorTasks tasks) {
    this.rollouts = rollouts;
    this.starts = starts;
    this.commands = commands;
    this.reader = reader;
    this.tasks = tasks;
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

  @Operation(
      operationId = "startRollout",
      summary = "Starts a rollout",
      description =
          "Makes a new revision of the deployment, with a candidate and a plan. The candidate must"
              + " have passed an evaluation against the version in production, unless"
              + " override_evaluation says why it may start without.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RolloutStart.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The rollout, which begins once the candidate is loaded.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Rollout.class)))
  @ApiResponse(responseCode = "400", ref = "#/components/responses/Malformed")
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
  @ApiResponse(responseCode = "409", ref = "#/components/responses/RolloutNotStarted")
  @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge")
  @ApiResponse(responseCode = "415", ref = "#/components/responses/UnsupportedMediaType")
  @ApiResponse(responseCode = "422", ref = "#/components/responses/Invalid")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/NotChanged")
  @RequiresScope(Scope.OPERATE)
  @Post("/start")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<Rollout>> start(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    byte[] body = JsonBodies.required(request);
    String by = Callers.of(request).id();
    return tasks
        .submit(() -> starts.start(model, by, body))
        .thenCompose(rollouts::describe)
        .thenApply(rollout -> HttpResponse.<Rollout>accepted().body(rollout));
  }

  @Operation(
      operationId = "pauseRollout",
      summary = "Pauses a rollout",
      description =
          "It takes no step of itself any more; traffic stays as it is. It is still taken"
              + " back when the evidence says so.")
  @RolloutCommandResponses
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RolloutReason.class)))
  @RequiresScope(Scope.OPERATE)
  @Post("/pause")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<Rollout>> pause(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return ask(model, RolloutCommandAction.PAUSE, request);
  }

  @Operation(
      operationId = "resumeRollout",
      summary = "Resumes a rollout",
      description = "It goes on where it was paused.")
  @RolloutCommandResponses
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RolloutReason.class)))
  @RequiresScope(Scope.OPERATE)
  @Post("/resume")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<Rollout>> resume(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return ask(model, RolloutCommandAction.RESUME, request);
  }

  @Operation(
      operationId = "promoteRollout",
      summary = "Promotes the candidate",
      description = "It answers everything at once, whatever the evidence.")
  @RolloutCommandResponses
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RolloutReason.class)))
  @RequiresScope(Scope.OPERATE)
  @Post("/promote")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<Rollout>> promote(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return ask(model, RolloutCommandAction.PROMOTE, request);
  }

  @Operation(
      operationId = "abortRollout",
      summary = "Aborts a rollout",
      description = "The candidate is taken back at once.")
  @RolloutCommandResponses
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RolloutReason.class)))
  @RequiresScope(Scope.OPERATE)
  @Post("/abort")
  @Consumes(MediaType.ALL)
  CompletableFuture<HttpResponse<Rollout>> abort(
      @Parameter(description = "A deployed model.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    return ask(model, RolloutCommandAction.ABORT, request);
  }

  private CompletableFuture<HttpResponse<Rollout>> ask(
      String model, RolloutCommandAction action, HttpRequest<byte[]> request) {
    Optional<String> reason = reader.reason(JsonBodies.optional(request));
    return commands
        .ask(model, action, reason, Callers.of(request).id())
        .thenCompose(
            decided ->
                rollouts
                    .get(model)
                    .thenApply(
                        rollout ->
                            HttpResponse.<Rollout>status(
                                    decided ? HttpStatus.OK : HttpStatus.ACCEPTED)
                                .body(rollout)));
  }
}
