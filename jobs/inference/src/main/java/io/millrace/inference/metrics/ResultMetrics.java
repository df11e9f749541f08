package io.millrace.inference.metrics;

import io.millrace.models.runtime.Histogram;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the results that leave the inference step, and how long they took, by model and version.
 * The models are deployed ones. A version that cannot be loaded counts as none: clients can name
 * any.
 */
public final class ResultMetrics {

  private static final long MICROS_PER_MILLI = 1_000;

  private final Meters meters;
  private final FailureMetrics failures;
  private final ByVersion<OfVersion> versions = new ByVersion<>(this::shown);

  /** What is counted of a version. */
  private record OfVersion(
      LongAdder requests,
      Map<Origin, LongAdder> answers,
      Histogram latency,
      Histogram queue,
      Histogram publish) {}

  public ResultMetrics(Meters meters) {
    this.meters = meters;
    failures = new FailureMetrics(meters);
  }

  /**
   * A result leaves.
   *
   * @param requestedAt the request's timestamp in Kafka, in milliseconds; null when it has none
   * @param now in milliseconds
   */
  public void left(InferenceResult result, @Nullable Long requestedAt, long now) {
    ErrorReason reason = result.getError() == null ? null : result.getError().getReason();
    String version = version(result.getVersion(), reason);
    OfVersion counts = versions.of(result.getModel(), version);
    counts.requests().increment();
    LongAdder answers =
        result.getOrigin() == null ? null : counts.answers().get(result.getOrigin());
    if (answers != null) {
      answers.increment();
    }
    if (reason != null) {
      failures.failed(result.getModel(), version, reason);
    }
    long since = requestedAt == null ? result.getCreatedAt().toEpochMilli() : requestedAt;
    record(counts.latency(), since, now);
    record(counts.publish(), result.getCompletedAt().toEpochMilli(), now);
    Instant startedAt = result.getStartedAt();
    if (startedAt != null) {
      record(counts.queue(), since, startedAt.toEpochMilli());
    }
  }

  private static String version(@Nullable String version, @Nullable ErrorReason reason) {
    return version == null || reason == ErrorReason.MODEL_NOT_FOUND
        ? FailureMetrics.NO_VERSION
        : version;
  }

  /** The clocks of two machines may differ: never below 0. */
  private static void record(Histogram histogram, long from, long to) {
    histogram.record(Math.max(0, to - from) * MICROS_PER_MILLI);
  }

  private OfVersion shown(String model, String version) {
    OfVersion counts =
        new OfVersion(
            new LongAdder(),
            new EnumMap<>(Origin.class),
            Latency.fine(),
            Latency.coarse(),
            Latency.coarse());
    String[] labels = {"model", model, "version", version};
    failures.show(model, version);
    meters.show("millrace_inference_requests_total", counts.requests()::sum, labels);
    for (Origin origin : Origin.values()) {
      LongAdder count = new LongAdder();
      counts.answers().put(origin, count);
      meters.show(
          "millrace_inference_answers_total",
          count::sum,
          "model",
          model,
          "version",
          version,
          "origin",
          origin.name().toLowerCase(Locale.ROOT));
    }
    HistogramMeters.show(
        meters, "millrace_inference_latency_seconds", counts::latency, Latency.SCALE, labels);
    StageMeters.show(meters, Stage.QUEUE, counts.queue(), model, version);
    StageMeters.show(meters, Stage.PUBLISH, counts.publish(), model, version);
    return counts;
  }
}
