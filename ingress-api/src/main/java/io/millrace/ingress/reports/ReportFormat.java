package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;

/** How reports are written. */
enum ReportFormat {
  JSON,
  CSV;

  /** The media type of comma-separated values, as RFC 4180 has it. */
  static final String TEXT_CSV = "text/csv";

  /**
   * What a request asks for: with {@code format}, else with {@code Accept}, else JSON.
   *
   * @throws ProblemException {@code BAD_REQUEST} when {@code format} is neither
   */
  static ReportFormat of(HttpRequest<?> request) {
    String asked = QueryParameters.of(request).get("format");
    if (asked == null) {
      return accepted(request);
    }
    return switch (asked) {
      case "json" -> JSON;
      case "csv" -> CSV;
      default ->
          throw new ProblemException(ProblemType.BAD_REQUEST, "format: expected json or csv.");
    };
  }

  private static ReportFormat accepted(HttpRequest<?> request) {
    for (MediaType accepted : request.accept()) {
      if (accepted.matches(MediaType.APPLICATION_JSON_TYPE)) {
        return JSON;
      }
      if (accepted.getName().equals(TEXT_CSV)) {
        return CSV;
      }
    }
    return JSON;
  }
}
