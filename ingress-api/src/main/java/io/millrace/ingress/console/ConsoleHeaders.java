package io.millrace.ingress.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/**
 * Tells browsers to run nothing in the console but its own files: no markup made of data, no other
 * host, no frame around it.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy</a>
 * @see <a href="https://www.w3.org/TR/trusted-types/">Trusted Types</a>
 */
@ServerFilter({"/console", "/console/**"})
final class ConsoleHeaders {

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  private static final Map<CharSequence, CharSequence> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin");

  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    response.headers(HEADERS);
    // Files of two releases do not go together: a browser asks whether its own are the last ones.
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}
