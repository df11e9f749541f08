package io.millrace.ingress.jobs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;

/** {@code /v1/jobs/{id}/events}: following a job as server-sent events. */
@Controller("/v1")
@Tag(name = "Jobs")
final class EventsController {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final String EXAMPLE =
      """
      id: 1
      event: queued
      data: {"id":"019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11","status":"queued"}

      : alive

      id: 2
      event: succeeded
      data: {"id":"019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11","status":"succeeded"}

      """;

  private final JobEvents events;

  EventsController(JobEvents events) {
    this.events = events;
  }

  @Operation(
      operationId = "followJob",
      summary = "Follows a job as server-sent events",
      description =
          "An event for what the job is now and one for its end, each named as the status, with the"
              + " job as its data; comments between them say that the stream lives. It ends after"
              + " the job's end. With Last-Event-ID a stream goes on where another was cut; when"
              + " there is nothing to come any more the answer is 204, upon which an EventSource"
              + " does not connect again.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = LAST_EVENT_ID,
      description = "The id of the last event that the client has seen.",
      schema = @Schema(type = "string"),
      example = "1")
  @ApiResponse(
      responseCode = "200",
      description = "The events.",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(type = "string"),
              examples = @ExampleObject(name = "a job that succeeds", value = EXAMPLE)))
  @ApiResponse(responseCode = "204", description = "The client has seen the job's end.")
  @ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownJob")
  @ApiResponse(responseCode = "410", ref = "#/components/responses/ResultExpired")
  @ApiResponse(responseCode = "503", ref = "#/components/responses/ResultsUnavailable")
  @RequiresScope(Scope.READ)
  @Get("/jobs/{id}/events")
  @Produces(MediaType.TEXT_EVENT_STREAM)
  CompletableFuture<HttpResponse<Flux<Event<Object>>>> follow(
      @Parameter(description = "The job's id.", example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
          String id,
      @Parameter(hidden = true) HttpRequest<?> request) {
    return events
        .follow(Callers.of(request).tenant(), id, request.getHeaders().get(LAST_EVENT_ID))
        .thenApply(
            stream ->
                stream
                    .<HttpResponse<Flux<Event<Object>>>>map(
                        found ->
                            HttpResponse.ok(found)
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                // Else a proxy in between may keep events back.
                                .header("X-Accel-Buffering", "no"))
                    .orElseGet(HttpResponse::noContent));
  }
}
