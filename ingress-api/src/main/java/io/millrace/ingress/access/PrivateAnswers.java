package io.millrace.ingress.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * What is answered to one caller is for no other: caches between keep answers to an {@code
 * Authorization} apart, but know nothing of {@code X-API-Key}. And it is what its type says.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-3.5">RFC 9111, 3.5</a>
 */
@ServerFilter({"/v1/**", "/v2/**", "/metrics"})
final class PrivateAnswers {

  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    MutableHttpHeaders headers = response.getHeaders();
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
  }
}
