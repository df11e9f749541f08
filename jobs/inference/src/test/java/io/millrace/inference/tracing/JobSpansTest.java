package io.millrace.inference.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.publish.Failure;
import io.millrace.inference.publish.Results;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.runtime.CallReport;
import io.millrace.models.runtime.ItemTag;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobSpansTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String ACCEPT = "00f067aa0ba902b7";
  private static final String SAMPLED = "00-" + TRACE + "-" + ACCEPT + "-01";
  private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Instant STARTED = Commands.CREATED_AT.plusMillis(12);
  private static final Instant COMPLETED = Commands.CREATED_AT.plusMillis(40);
  private static final Instant NOW = Commands.CREATED_AT.plusSeconds(9);

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.of(
          SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)));
  private final JobSpans spans = new JobSpans(tracing, InstantSource.system());

  @Test
  void whatHappensToAJobAreChildrenOfItsAcceptance() {
    InferenceResult result = succeeded(SAMPLED);

    spans.inferred(result);
    JobSpans.published(spans.publishing(result), null);

    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("queue", "infer", "publish");
    assertThat(exporter.getFinishedSpanItems())
        .allSatisfy(
            span -> {
              assertThat(span.getTraceId()).isEqualTo(TRACE);
              assertThat(span.getParentSpanId()).isEqualTo(ACCEPT);
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
              assertThat(span.getAttributes().get(JobSpans.JOB_ID)).isEqualTo("job-1");
              assertThat(span.getAttributes().get(JobSpans.MODEL)).isEqualTo(Commands.MODEL);
            });
    assertTimes(span("queue"), Commands.CREATED_AT, STARTED);
    assertTimes(span("infer"), STARTED, COMPLETED);
    assertThat(span("infer").getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(span("infer").getAttributes().get(JobSpans.VERSION)).isEqualTo("1.0.0");
    assertThat(span("infer").getAttributes().get(JobSpans.JOB_STATUS)).isEqualTo("succeeded");
    assertThat(span("infer").getAttributes().get(JobSpans.JOB_ORIGIN)).isEqualTo("computed");
    assertThat(span("infer").getAttributes().get(JobSpans.BATCH_SIZE)).isEqualTo(4);
    assertThat(span("infer").getAttributes().get(JobSpans.BATCH_WAIT)).isEqualTo(0.002);
    assertThat(span("infer").getAttributes().get(JobSpans.TOKENS)).isEqualTo(7);
    assertThat(span("infer").getAttributes().get(JobSpans.PADDED_TOKENS)).isEqualTo(8);
    assertThat(span("publish").getKind()).isEqualTo(SpanKind.PRODUCER);
  }

  @Test
  void aFailureIsTheErrorOfItsSpan() {
    InferenceResult result =
        Results.failed(
            command(SAMPLED),
            "1.0.0",
            new Failure(ErrorReason.MODEL_FAILURE, "no"),
            STARTED,
            COMPLETED);

    spans.inferred(result);
    JobSpans.published(spans.publishing(result), new IllegalStateException("Redis is away"));

    assertThat(span("queue").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span("infer").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("infer").getAttributes().get(JobSpans.ERROR_TYPE)).isEqualTo("model_failure");
    assertThat(span("infer").getAttributes().get(JobSpans.JOB_STATUS)).isEqualTo("failed");
    assertThat(span("publish").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("publish").getAttributes().get(JobSpans.ERROR_TYPE))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aJobThatWasNeverTakenUpOnlyWaited() {
    InferenceResult result = Results.expired(command(SAMPLED), null, COMPLETED);

    spans.inferred(result);
    JobSpans.published(spans.publishing(result), null);

    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("queue", "publish");
    assertTimes(span("queue"), Commands.CREATED_AT, COMPLETED);
    assertThat(span("queue").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("queue").getAttributes().get(JobSpans.ERROR_TYPE)).isEqualTo("expired");
  }

  @Test
  void aCancelledJobIsNoError() {
    InferenceResult result = Results.cancelled(command(SAMPLED), STARTED, COMPLETED);

    spans.inferred(result);

    assertThat(span("infer").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span("infer").getAttributes().get(JobSpans.JOB_STATUS)).isEqualTo("cancelled");
  }

  @Test
  void clocksThatDifferMakeNoNegativeWait() {
    Instant before = Commands.CREATED_AT.minusMillis(3);

    spans.inferred(Results.cancelled(command(SAMPLED), before, before));

    assertTimes(span("queue"), before, before);
  }

  @Test
  void aBatchIsLinkedToAllItsItems() {
    JobSpans dated = new JobSpans(tracing, () -> NOW);
    ItemTag one = Objects.requireNonNull(dated.tag(command(SAMPLED)));
    ItemTag other = Objects.requireNonNull(dated.tag(command(OTHER)));
    assertThat(one.listener()).isEqualTo(other.listener());

    one.listener().ended(report(List.of(one.tag(), other.tag()), null));

    SpanData batch = span("batch");
    assertThat(batch.getParentSpanContext().isValid()).isFalse();
    assertThat(batch.getTraceId()).isNotEqualTo(TRACE);
    assertThat(batch.getLinks())
        .extracting(LinkData::getSpanContext)
        .extracting(Tracing::traceparent)
        .extracting(Traceparent::value)
        .containsExactly(SAMPLED, OTHER);
    assertTimes(batch, NOW.minusMillis(30), NOW);
    assertThat(batch.getAttributes().get(JobSpans.BATCH_SIZE)).isEqualTo(5);
    assertThat(batch.getAttributes().get(JobSpans.TOKENS)).isEqualTo(41);
    assertThat(batch.getAttributes().get(JobSpans.PADDED_TOKENS)).isEqualTo(50);
    assertThat(batch.getAttributes().get(JobSpans.VERSION)).isEqualTo("1.0.0");
    assertThat(batch.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void aCallThatFailsIsAnError() {
    spans.ended(
        report(
            List.of(SAMPLED),
            new PredictionException(PredictionException.Reason.TIMEOUT, "too long", null)));

    assertThat(span("batch").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("batch").getAttributes().get(JobSpans.ERROR_TYPE)).isEqualTo("timeout");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"00-" + TRACE + "-" + ACCEPT + "-00", "not a trace"})
  void withoutASampledTraceThereIsNothing(String traceparent) {
    InferenceResult result = succeeded(traceparent);

    spans.inferred(result);
    Span publish = spans.publishing(result);
    JobSpans.published(publish, null);

    assertThat(publish).isSameAs(Span.getInvalid());
    assertThat(spans.tag(command(traceparent))).isNull();
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void whenTracingIsOffThereIsNothing() {
    JobSpans off = JobSpans.off();
    InferenceResult result = succeeded(SAMPLED);

    off.inferred(result);
    off.ended(report(List.of(SAMPLED), null));

    assertThat(off.publishing(result)).isSameAs(Span.getInvalid());
    assertThat(off.tag(command(SAMPLED))).isNull();
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertTimes(SpanData span, Instant start, Instant end) {
    assertThat(span.getStartEpochNanos()).isEqualTo(nanos(start));
    assertThat(span.getEndEpochNanos()).isEqualTo(nanos(end));
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private static CallReport report(List<String> tags, @Nullable PredictionException failure) {
    return new CallReport(
        new ModelVersion(Commands.MODEL, "1.0.0"), tags, Duration.ofMillis(30), 5, 41, 50, failure);
  }

  private static InferenceCommand command(@Nullable String traceparent) {
    InferenceCommand command = Commands.command("job-1", "hello");
    command.setTraceparent(traceparent);
    return command;
  }

  private static InferenceResult succeeded(@Nullable String traceparent) {
    return Results.succeeded(
        command(traceparent),
        "1.0.0",
        Origin.COMPUTED,
        List.of(),
        new Execution(0.002, 0.02, 4, 7, 8, 0.0, null),
        STARTED,
        COMPLETED);
  }
}
