package io.millrace.inference.metrics;

import io.millrace.schemas.avro.ErrorReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts jobs without an answer, by model, version and reason. */
public final class FailureMetrics {

  /** Instead of a model that may be anything that a client wrote. */
  public static final String UNKNOWN_MODEL = "unknown";

  /** Instead of a version where there is none, or none that exists. */
  public static final String NO_VERSION = "none";

  private static final String METRIC = "millrace_inference_failures_total";

  private final ByVersion<Map<ErrorReason, LongAdder>> counts;

  public FailureMetrics(Meters meters) {
    counts = new ByVersion<>((model, version) -> shown(meters, model, version));
  }

  /**
   * A job ended without an answer before any version was asked.
   *
   * @param model one that is or was deployed, or {@link #UNKNOWN_MODEL}
   */
  public void rejected(String model, ErrorReason reason) {
    failed(model, NO_VERSION, reason);
  }

  /** Shows zeros, so that whoever adds failures and answers finds both. */
  void show(String model, String version) {
    var unused = counts.of(model, version);
  }

  void failed(String model, String version, ErrorReason reason) {
    LongAdder count = counts.of(model, version).get(reason);
    if (count != null) {
      count.increment();
    }
  }

  /** Of all reasons from the start, so that a rate is right from the first failure. */
  private static Map<ErrorReason, LongAdder> shown(Meters meters, String model, String version) {
    Map<ErrorReason, LongAdder> counts = new EnumMap<>(ErrorReason.class);
    for (ErrorReason reason : ErrorReason.values()) {
      LongAdder count = new LongAdder();
      counts.put(reason, count);
      meters.show(
          METRIC,
          count::sum,
          "model",
          model,
          "version",
          version,
          "class",
          ErrorClass.of(reason).label(),
          "reason",
          reason.name().toLowerCase(Locale.ROOT));
    }
    return counts;
  }
}
