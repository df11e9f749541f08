package io.millrace.ingress.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.millrace.ingress.HttpSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * The one place where an error becomes a response. Micronaut's exception handlers, its router and
 * its fallback for unexpected exceptions all end here; the {@link Surface} of the path says what
 * the client reads.
 */
@Singleton
final class ProblemResponses implements ErrorResponseProcessor<Object> {

  /** After which it makes sense to ask again when something is away or full. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final HttpSettings settings;
  private final RefusalListener refusals;

  ProblemResponses(HttpSettings settings, RefusalListener refusals) {
    this.settings = settings;
    this.refusals = refusals;
  }

  @Override
  public MutableHttpResponse<Object> processResponse(
      ErrorContext context, MutableHttpResponse<?> base) {
    HttpRequest<?> request = context.getRequest();
    ProblemException problem =
        context.getRootCause().orElse(null) instanceof ProblemException known
            ? known
            : general(ProblemType.of(base.status()), request, base);
    ProblemType type = problem.type();
    refusals.refused(request, type);
    Surface surface = Surface.of(request.getPath());
    MutableHttpResponse<Object> response =
        base.status(surface.status(type)).body(surface.body(problem, request.getPath()));
    Optional<Duration> retryAfter = problem.retryAfter();
    if (retryAfter.isPresent() || type.status() == HttpStatus.SERVICE_UNAVAILABLE) {
      long millis = retryAfter.orElse(SOON).toMillis();
      // Whole seconds, and never 0, which would say: at once.
      response.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, (millis + 999) / 1_000)));
    }
    return request.getMethod() == HttpMethod.HEAD
        ? response.body(null)
        : response.contentType(surface.mediaType());
  }

  /**
   * What the HTTP server found on its own. Its messages may quote its insides, so ours are said.
   */
  private ProblemException general(
      ProblemType type, HttpRequest<?> request, MutableHttpResponse<?> base) {
    String detail =
        switch (type) {
          case NOT_FOUND -> "There is nothing under this path.";
          case METHOD_NOT_ALLOWED ->
              "%s is not allowed here, expected %s."
                  .formatted(request.getMethodName(), base.getHeaders().get(HttpHeaders.ALLOW));
          case NOT_ACCEPTABLE -> "Expected an Accept header that allows application/json.";
          case TOO_LARGE ->
              "The request is too large; a body may have at most %d bytes."
                  .formatted(settings.maxRequestBytes());
          case UNSUPPORTED_MEDIA_TYPE -> "Expected a body of Content-Type application/json.";
          case FORBIDDEN -> "The Origin header names another site, which may not call this server.";
          case INTERNAL -> "The request failed for a reason of the server's own; it is logged.";
          default -> "The request line, a header or a parameter is not understood.";
        };
    return new ProblemException(type, detail);
  }
}
