package io.millrace.ingress.access;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells browsers to come by HTTPS alone from now on. There only, where the server speaks it itself:
 * behind a proxy that is the proxy's to say.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797">RFC 6797</a>
 */
@Requires(property = "micronaut.server.ssl.enabled", value = "true")
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class TransportSecurity {

  private static final String HEADER = "Strict-Transport-Security";
  private static final String ONE_YEAR = "max-age=31536000";

  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    response.header(HEADER, ONE_YEAR);
  }
}
