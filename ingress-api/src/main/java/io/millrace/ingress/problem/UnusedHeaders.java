package io.millrace.ingress.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Takes away headers that mean nothing here and that Micronaut, which reads them for every request,
 * fails on with 500 when they hold nothing but a comma.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class UnusedHeaders {

  @RequestFilter
  @PreMatching
  void remove(HttpRequest<?> request) {
    if (request.getHeaders() instanceof MutableHttpHeaders headers) {
      headers.remove(HttpHeaders.ACCEPT_LANGUAGE);
      headers.remove(HttpHeaders.ACCEPT_CHARSET);
    }
  }
}
