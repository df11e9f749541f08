package io.millrace.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.OtlpReceiver;
import io.millrace.schemas.Traceparent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TracingTest {

  private static final Traceparent SAMPLED =
      new Traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.of(
          SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)));

  @AfterEach
  void closingEndsTheThread() {
    await().atMost(Duration.ofMinutes(2)).until(() -> threads().isEmpty());
  }

  @Test
  void withoutAnEndpointItIsOffAndHasNoThread() {
    Tracing off = Tracing.open("test", Tracing.NO_ENDPOINT, Map.of("PATH", "/bin"));

    assertThat(off.on()).isFalse();
    assertThat(off).isSameAs(Tracing.off());
    assertThat(threads()).isEmpty();
    assertThat(off.startRoot(tracing.root("a"), SAMPLED.traceId())).isSameAs(Span.getInvalid());
    assertThatNoException().isThrownBy(off::close);
  }

  @Test
  void sendsToTheEndpointAndStops() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      try (Tracing open = Tracing.open("test-service", receiver.endpoint(), Map.of())) {
        assertThat(threads()).isNotEmpty();
        open.child("a-span", SAMPLED).startSpan().end();
      }

      assertThat(receiver.requests())
          .singleElement()
          .isEqualTo("/v1/traces application/x-protobuf");
      assertThat(receiver.received("a-span")).isTrue();
      assertThat(receiver.received("test-service")).isTrue();
      assertThat(receiver.receivedId(SAMPLED.traceId())).isTrue();
      assertThat(receiver.receivedId(SAMPLED.spanId())).isTrue();
    }
  }

  @Test
  void aReceiverThatIsAwayHoldsNobodyUp() {
    try (Tracing open = Tracing.open("test", "http://127.0.0.1:9", Map.of())) {
      Span span = open.child("a", SAMPLED).startSpan();
      span.end();
      assertThat(span.isRecording()).isFalse();
    }
  }

  @Test
  void allWhoConfigureItAlikeShareOne() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      SharedTracing.Lease first = SharedTracing.acquire("test", receiver.endpoint());
      SharedTracing.Lease second = SharedTracing.acquire("test", receiver.endpoint());
      assertThat(second.tracing()).isSameAs(first.tracing());
      assertThat(threads()).hasSize(1);

      first.close();
      first.close();
      assertThat(threads()).hasSize(1);
      second.tracing().child("last", SAMPLED).startSpan().end();
      second.close();

      assertThat(receiver.received("last")).isTrue();
      try (SharedTracing.Lease again = SharedTracing.acquire("test", receiver.endpoint())) {
        assertThat(again.tracing()).isNotSameAs(first.tracing());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:4318", "ftp://localhost:4318", "http://", "http:// x"})
  void refusesWhatIsNoEndpoint(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tracing.open("test", endpoint, Map.of()))
        .withMessageContaining("expected none or http(s)://host:port");
  }

  @Test
  void aChildHasItsParentAndARootItsTrace() {
    tracing.child("child", SAMPLED).startSpan().end();
    tracing.startRoot(tracing.root("root"), SAMPLED.traceId()).end();
    tracing.root("other").startSpan().end();

    List<SpanData> spans = exporter.getFinishedSpanItems();
    assertThat(spans).extracting(SpanData::getName).containsExactly("child", "root", "other");
    assertThat(spans.get(0).getTraceId()).isEqualTo(SAMPLED.traceId());
    assertThat(spans.get(0).getParentSpanId()).isEqualTo(SAMPLED.spanId());
    assertThat(spans.get(1).getTraceId()).isEqualTo(SAMPLED.traceId());
    assertThat(spans.get(1).getParentSpanContext().isValid()).isFalse();
    assertThat(spans.get(2).getTraceId()).isNotEqualTo(SAMPLED.traceId());
  }

  @Test
  void anUnsampledTraceIsNotRecorded() {
    Traceparent unsampled = Traceparent.of(SAMPLED.traceId(), SAMPLED.spanId(), false);

    tracing.child("child", unsampled).startSpan().end();

    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void aSpanIsAPlaceInATrace() {
    Span span = tracing.child("child", SAMPLED).startSpan();

    Traceparent place = Tracing.traceparent(span.getSpanContext());

    assertThat(place.traceId()).isEqualTo(SAMPLED.traceId());
    assertThat(place.spanId()).isNotEqualTo(SAMPLED.spanId());
    assertThat(place.sampled()).isTrue();
    assertThat(Tracing.context(place).getSpanId()).isEqualTo(place.spanId());
  }

  /** Threads that OpenTelemetry's processor of spans has in this process. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("BatchSpanProcessor"))
        .toList();
  }
}
