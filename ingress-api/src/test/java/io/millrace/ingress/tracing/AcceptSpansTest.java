package io.millrace.ingress.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.Traceparent;
import io.millrace.tracing.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class AcceptSpansTest {

  private static final Traceparent TRACE =
      new Traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  private static final RequestTrace TAKEN = new RequestTrace(TRACE, false);
  private static final RequestTrace MADE = new RequestTrace(TRACE, true);

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final AcceptSpans spans =
      new AcceptSpans(
          Tracing.of(
              SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter))));

  @Test
  void inATraceThatWasTakenItIsTheClientsChild() {
    Span accept = spans.start(TAKEN, "m");
    Traceparent carried = AcceptSpans.carried(accept, TAKEN);
    AcceptSpans.accepted(accept, "job-1");

    SpanData span = onlySpan();
    assertThat(span.getName()).isEqualTo("accept");
    assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(span.getTraceId()).isEqualTo(TRACE.traceId());
    assertThat(span.getParentSpanId()).isEqualTo(TRACE.spanId());
    assertThat(attribute(span, "millrace.job.id")).isEqualTo("job-1");
    assertThat(attribute(span, "millrace.model")).isEqualTo("m");
    assertThat(attribute(span, "messaging.destination.name")).isEqualTo("inference.requests");
    assertThat(carried).isEqualTo(Traceparent.of(TRACE.traceId(), span.getSpanId(), true));
  }

  @Test
  void aTraceThatWasMadeBeginsWithIt() {
    Span accept = spans.start(MADE, "m");
    Traceparent carried = AcceptSpans.carried(accept, MADE);
    AcceptSpans.accepted(accept, "job-1");

    SpanData span = onlySpan();
    assertThat(span.getTraceId()).isEqualTo(TRACE.traceId());
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(carried).isEqualTo(Traceparent.of(TRACE.traceId(), span.getSpanId(), true));
  }

  @Test
  void aRefusalIsItsError() {
    ProblemException problem = new ProblemException(ProblemType.LOG_UNAVAILABLE, "no");

    AcceptSpans.refused(spans.start(TAKEN, "m"), new CompletionException(problem));

    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(attribute(onlySpan(), "error.type")).isEqualTo("log_unavailable");
  }

  @Test
  void whatFailsAfterTheAcceptanceChangesNothing() {
    Span accept = spans.start(TAKEN, "m");
    AcceptSpans.accepted(accept, "job-1");

    AcceptSpans.refused(accept, new IllegalStateException("the wait failed"));

    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void anUnsampledTraceIsCarriedAsItIs() {
    RequestTrace unsampled =
        new RequestTrace(Traceparent.of(TRACE.traceId(), TRACE.spanId(), false), false);

    assertNothing(spans, unsampled);
  }

  @Test
  void whenTracingIsOffTheTraceIsCarriedAsItIs() {
    assertNothing(new AcceptSpans(Tracing.off()), TAKEN);
  }

  private void assertNothing(AcceptSpans recorder, RequestTrace trace) {
    Span accept = recorder.start(trace, "m");
    assertThat(accept).isSameAs(Span.getInvalid());
    assertThat(AcceptSpans.carried(accept, trace)).isSameAs(trace.context());
    AcceptSpans.accepted(accept, "job-1");
    AcceptSpans.refused(accept, new IllegalStateException());
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  private SpanData onlySpan() {
    assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    return exporter.getFinishedSpanItems().get(0);
  }

  private static String attribute(SpanData span, String name) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
  }
}
