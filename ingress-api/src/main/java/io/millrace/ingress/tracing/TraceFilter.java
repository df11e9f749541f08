package io.millrace.ingress.tracing;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.millrace.ingress.TracingSettings;
import io.millrace.schemas.Traceparent;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Takes the trace that a request names, or makes one, and says in the answer which it is: whoever
 * reports a refusal can name it too.
 */
@ServerFilter({"/v1/**", "/v2/**"})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceFilter {

  private final double sampleRate;

  TraceFilter(TracingSettings settings) {
    this.sampleRate = settings.sampleRate();
  }

  @RequestFilter
  void take(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(Traceparent.HEADER);
    // Of several nobody knows which is meant.
    Traceparent taken = headers.size() == 1 ? Traceparent.parse(headers.get(0)) : null;
    request.setAttribute(
        RequestTrace.ATTRIBUTE,
        taken == null ? new RequestTrace(made(), true) : new RequestTrace(taken, false));
  }

  @ResponseFilter
  void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request
        .getAttribute(RequestTrace.ATTRIBUTE, RequestTrace.class)
        .ifPresent(trace -> response.header(Traceparent.HEADER, trace.context().value()));
  }

  private Traceparent made() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Traceparent.create(random, random.nextDouble() < sampleRate);
  }
}
