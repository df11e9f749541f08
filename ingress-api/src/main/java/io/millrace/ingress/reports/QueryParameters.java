package io.millrace.ingress.reports;

import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the question mark of a request; of a name that is there several times the
 * first value.
 */
record QueryParameters(Map<String, String> values) {

  QueryParameters {
    values = Map.copyOf(values);
  }

  /**
   * Reads the parameters of a request.
   *
   * @throws ProblemException {@code BAD_REQUEST} when they are not percent-encoded as they must be
   */
  static QueryParameters of(HttpRequest<?> request) {
    Map<String, String> values = new TreeMap<>();
    try {
      HttpParameters parameters = request.getParameters();
      for (String name : parameters.names()) {
        String value = parameters.get(name);
        if (value != null) {
          values.put(name, value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST, "Expected query parameters in percent-encoding.");
    }
    return new QueryParameters(values);
  }

  /** The value of a parameter; null for none. */
  @Nullable String get(String name) {
    return values.get(name);
  }
}
