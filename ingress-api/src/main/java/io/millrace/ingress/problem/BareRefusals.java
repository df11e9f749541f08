package io.millrace.ingress.problem;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;

/**
 * Gives a body to the refusals that Micronaut's own filters answer without one: a loopback server
 * asked by a page of another site, say.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BareRefusals implements Ordered {

  private final ErrorResponseProcessor<?> responses;

  BareRefusals(ErrorResponseProcessor<?> responses) {
    this.responses = responses;
  }

  /** Around all other filters. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @ResponseFilter
  MutableHttpResponse<?> fill(HttpRequest<?> request, MutableHttpResponse<?> response) {
    return response.code() < 400
            || response.getBody().isPresent()
            || request.getMethod() == HttpMethod.HEAD
        ? response
        : responses.processResponse(ErrorContext.builder(request).build(), response);
  }
}
