package io.millrace.ingress.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;

/** A body that is not what its Content-Encoding says is the client's fault. */
@Singleton
final class DecompressionFailures
    implements ExceptionHandler<DecompressionException, HttpResponse<?>> {

  private final ErrorResponseProcessor<?> responses;

  DecompressionFailures(ErrorResponseProcessor<?> responses) {
    this.responses = responses;
  }

  @Override
  public HttpResponse<?> handle(HttpRequest request, DecompressionException exception) {
    return responses.processResponse(
        ErrorContext.builder(request)
            .cause(
                new ProblemException(
                    ProblemType.BAD_REQUEST, "The body is not encoded as Content-Encoding says."))
            .build(),
        HttpResponse.badRequest());
  }
}
