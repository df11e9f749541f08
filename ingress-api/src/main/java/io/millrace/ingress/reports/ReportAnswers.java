package io.millrace.ingress.reports;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports as responses. */
final class ReportAnswers {

  /** Of values with a line of names before them, as RFC 4180 says it. */
  private static final String CSV = ReportFormat.TEXT_CSV + "; charset=utf-8; header=present";

  private ReportAnswers() {}

  static HttpResponse<?> json(HttpRequest<?> request, Object body, @Nullable Instant next) {
    return linked(
        HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE), request, next);
  }

  /**
   * @param name of the file, without its extension
   */
  static HttpResponse<?> csv(
      HttpRequest<?> request, String name, Csv content, @Nullable Instant next) {
    return linked(
        HttpResponse.ok(content.bytes())
            .header(HttpHeaders.CONTENT_TYPE, CSV)
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s.csv\"".formatted(name.replaceAll("[^\\w.-]", "_"))),
        request,
        next);
  }

  private static HttpResponse<?> linked(
      MutableHttpResponse<?> response, HttpRequest<?> request, @Nullable Instant next) {
    response.header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.VARY, "Accept");
    return next == null
        ? response
        : response.header(
            HttpHeaders.LINK, "<?%s>; rel=\"next\"".formatted(continued(request, next)));
  }

  /** The query of a request, from another time on. */
  private static String continued(HttpRequest<?> request, Instant from) {
    List<String> parameters = new ArrayList<>();
    QueryParameters.of(request)
        .values()
        .forEach(
            (name, value) -> {
              if (!name.equals("from")) {
                parameters.add(encode(name) + "=" + encode(value));
              }
            });
    parameters.add("from=" + encode(from.toString()));
    return String.join("&", parameters);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
