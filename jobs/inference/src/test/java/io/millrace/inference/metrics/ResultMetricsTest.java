package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.publish.Failure;
import io.millrace.inference.publish.Results;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultMetricsTest {

  private static final long REQUESTED = 1_800_000_000_000L;
  private static final Instant STARTED = Instant.ofEpochMilli(REQUESTED + 40);
  private static final Instant COMPLETED = Instant.ofEpochMilli(REQUESTED + 90);
  private static final InferenceCommand COMMAND = Commands.command("a job", "a text");
  private static final String MODEL = COMMAND.getModel();

  private final ShownMeters meters = new ShownMeters();
  private final ResultMetrics metrics = new ResultMetrics(meters);

  @Test
  void timesAreThoseOfTheRequestInKafka() {
    // When
    metrics.left(answer("1.0.0", Origin.COMPUTED), REQUESTED, REQUESTED + 95);

    // Then
    assertThat(sum("millrace_inference_latency_seconds", "")).isEqualTo(0.095);
    assertThat(sum("millrace_inference_stage_seconds", ",stage=\"queue\"")).isEqualTo(0.04);
    assertThat(sum("millrace_inference_stage_seconds", ",stage=\"publish\"")).isEqualTo(0.005);
  }

  @Test
  void aClockThatIsBehindGivesNoTimeBelowZero() {
    metrics.left(answer("1.0.0", Origin.COMPUTED), REQUESTED + 60_000, REQUESTED + 95);

    assertThat(sum("millrace_inference_latency_seconds", "")).isZero();
    assertThat(count("millrace_inference_latency_seconds")).isOne();
  }

  @Test
  void aRequestWithoutATimestampCountsFromItsCreation() {
    long created = COMMAND.getCreatedAt().toEpochMilli();

    metrics.left(answer("1.0.0", Origin.COMPUTED), null, created + 95);

    assertThat(sum("millrace_inference_latency_seconds", "")).isEqualTo(0.095);
  }

  @Test
  void answersCountByOriginAndAllOfThemAsRequests() {
    metrics.left(answer("1.0.0", Origin.COMPUTED), REQUESTED, REQUESTED + 95);
    metrics.left(answer("1.0.0", Origin.COALESCED), REQUESTED, REQUESTED + 95);
    metrics.left(answer("1.0.0", Origin.COALESCED), REQUESTED, REQUESTED + 95);
    metrics.left(answer("2.0.0", Origin.CACHED), REQUESTED, REQUESTED + 95);

    assertThat(meters.counted("millrace_inference_answers_total"))
        .containsOnly(
            Map.entry(answers("1.0.0", "computed"), 1.0),
            Map.entry(answers("1.0.0", "coalesced"), 2.0),
            Map.entry(answers("2.0.0", "cached"), 1.0));
    assertThat(meters.value(series("millrace_inference_requests_total", "1.0.0", ""))).isEqualTo(3);
    assertThat(meters.counted("millrace_inference_failures_total")).isEmpty();
  }

  @Test
  void failuresCountByTheirReasonAndItsClass() {
    metrics.left(failure("1.0.0", ErrorReason.TIMEOUT), REQUESTED, REQUESTED + 95);
    metrics.left(Results.expired(COMMAND, null, COMPLETED), REQUESTED, REQUESTED + 95);

    assertThat(meters.counted("millrace_inference_failures_total"))
        .containsOnly(
            Map.entry(failures("1.0.0", "timeout", "timeout"), 1.0),
            Map.entry(failures("none", "timeout", "expired"), 1.0));
    assertThat(meters.value(series("millrace_inference_requests_total", "1.0.0", ""))).isOne();
  }

  /** Anybody can ask for any version: names must not become labels. */
  @Test
  void aVersionThatIsNotThereHasNoSeries() {
    for (String version : List.of("77.0.0", "77.0.1")) {
      metrics.left(failure(version, ErrorReason.MODEL_NOT_FOUND), REQUESTED, REQUESTED + 95);
    }

    assertThat(meters.series()).noneMatch(series -> series.contains("77."));
    assertThat(meters.value(failures("none", "infrastructure", "model_not_found"))).isEqualTo(2);
  }

  private static InferenceResult answer(String version, Origin origin) {
    return Results.succeeded(COMMAND, version, origin, List.of(), null, STARTED, COMPLETED);
  }

  private static InferenceResult failure(String version, ErrorReason reason) {
    return Results.failed(COMMAND, version, new Failure(reason, "no"), STARTED, COMPLETED);
  }

  private double sum(String histogram, String label) {
    return meters.value(series(histogram + "_sum", "1.0.0", label));
  }

  private double count(String histogram) {
    return meters.value(series(histogram + "_count", "1.0.0", ""));
  }

  private static String answers(String version, String origin) {
    return series("millrace_inference_answers_total", version, ",origin=\"" + origin + '"');
  }

  private static String failures(String version, String errorClass, String reason) {
    return series(
        "millrace_inference_failures_total",
        version,
        ",class=\"%s\",reason=\"%s\"".formatted(errorClass, reason));
  }

  private static String series(String name, String version, String more) {
    return "%s{model=\"%s\",version=\"%s\"%s}".formatted(name, MODEL, version, more);
  }
}
