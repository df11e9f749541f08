package io.millrace.ingress.tracing;

import io.micronaut.http.HttpRequest;
import io.millrace.schemas.Traceparent;

/**
 * The trace that a request belongs to.
 *
 * @param made whether it was made here: then no span of it is recorded anywhere yet
 */
public record RequestTrace(Traceparent context, boolean made) {

  static final String ATTRIBUTE = "millrace.trace";

  /** The trace of a request of the API; every one has one. */
  public static RequestTrace of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, RequestTrace.class)
        .orElseThrow(() -> new IllegalStateException("No trace was taken or made"));
  }
}
