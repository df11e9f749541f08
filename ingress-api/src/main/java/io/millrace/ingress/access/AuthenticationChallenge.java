package io.millrace.ingress.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Adds the challenge that RFC 9110 wants with each 401. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AuthenticationChallenge {

  private static final String CHALLENGE = "Bearer realm=\"millrace\"";

  @ResponseFilter
  void challenge(MutableHttpResponse<?> response) {
    if (response.status() == HttpStatus.UNAUTHORIZED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
  }
}
