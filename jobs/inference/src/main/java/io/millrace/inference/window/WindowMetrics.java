package io.millrace.inference.window;

import io.millrace.inference.report.CostReports;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.DriftScore;
import io.millrace.statistics.window.DriftVerdict;
import io.millrace.statistics.window.FeatureDrift;
import io.millrace.statistics.window.QualitySummary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Shows the last window of each length as gauges, and what was spent since the start. Flink takes
 * no gauge back: that of a version without traffic stays as it was.
 */
final class WindowMetrics {

  private final MetricGroup metrics;
  private final Counter droppedRows;
  private final Counter droppedAnswers;
  private final Counter droppedCosts;
  private final Map<Series, Value> gauges = new ConcurrentHashMap<>();
  private final Map<Series, DoubleAdder> sums = new ConcurrentHashMap<>();

  private record Series(String name, Map<String, String> labels) {}

  /** A gauge's value and the window that it is of. */
  private static final class Value {
    private volatile double value;
    private long window = Long.MIN_VALUE;
  }

  WindowMetrics(MetricGroup metrics) {
    this.metrics = metrics;
    droppedRows = metrics.counter("millrace_drift_late_dropped_total");
    droppedAnswers = metrics.counter("millrace_quality_late_dropped_total");
    droppedCosts = metrics.counter("millrace_cost_late_dropped_total");
  }

  /** A window that takes in no features and costs any more. */
  void droppedFeatures(PartialSummary partial) {
    droppedRows.inc(partial.rows());
    if (partial.cost() != null) {
      droppedCosts.inc(
          CostSummary.of(partial.cost()).tenants().values().stream()
              .flatMap(tenant -> tenant.answers().values().stream())
              .mapToLong(Long::longValue)
              .sum());
    }
  }

  /** A window that takes in nothing any more. */
  void droppedQuality(PartialSummary partial) {
    if (partial.quality() != null) {
      QualitySummary quality = QualitySummary.of(partial.quality());
      droppedAnswers.inc(quality.answered() + quality.labelled());
    }
  }

  void drift(WindowKey key, WindowId window, List<FeatureDrift> drifts) {
    for (FeatureDrift drift : drifts) {
      Map<String, String> labels = labels(key.model(), key.version(), window);
      labels.put("feature", drift.feature());
      labels.put("method", drift.method());
      show("millrace_drift_observations", labels, window, (double) drift.n());
      show(
          "millrace_drift_detected",
          labels,
          window,
          drift.verdict() == DriftVerdict.DRIFT ? 1.0 : 0.0);
      if (!drift.scores().isEmpty()) {
        DriftScore decisive = drift.scores().get(0);
        show("millrace_drift_score", labels, window, decisive.value());
        show("millrace_drift_threshold", labels, window, decisive.threshold());
        show("millrace_drift_adjusted_p_value", labels, window, decisive.adjustedPValue());
      }
    }
  }

  void quality(WindowId window, QualityReport report) {
    Map<String, String> labels = labels(report.getModel(), report.getVersion(), window);
    double answered = report.getAnswered();
    show("millrace_quality_labelled", labels, window, (double) report.getLabelled());
    show(
        "millrace_quality_label_coverage",
        labels,
        window,
        answered == 0 ? null : Double.valueOf(report.getLabelled() / answered));
    show("millrace_quality_accuracy", labels, window, report.getAccuracy());
    show("millrace_quality_accuracy_floor", labels, window, report.getAccuracyFloor());
    show("millrace_quality_estimated_accuracy", labels, window, report.getEstimatedAccuracy());
  }

  /** What a partial summary adds to what was spent. */
  void spent(PartialSummary partial) {
    if (partial.cost() == null) {
      return;
    }
    CostSummary.of(partial.cost())
        .tenants()
        .forEach(
            (tenant, cost) -> {
              Map<String, String> labels = version(partial);
              labels.put("tenant", tenant);
              add("millrace_cost_compute_seconds_total", labels, cost.computeSeconds());
              if (partial.price() != null) {
                add(
                    "millrace_cost_total",
                    labels,
                    CostReports.cost(cost.computeSeconds(), partial.price().perHour()));
              }
              cost.savings()
                  .forEach(
                      (by, saving) -> {
                        Map<String, String> saved = version(partial);
                        saved.put("by", by.name().toLowerCase(Locale.ROOT));
                        // Apart, so that neither ever falls: a fall would count as a restart.
                        double seconds = saving.savedSeconds();
                        add("millrace_cost_saved_seconds_total", saved, Math.max(0, seconds));
                        add("millrace_cost_lost_seconds_total", saved, Math.max(0, -seconds));
                      });
            });
  }

  private static Map<String, String> version(PartialSummary partial) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("model", partial.model());
    labels.put("version", partial.version());
    return labels;
  }

  private static Map<String, String> labels(String model, String version, WindowId window) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("model", model);
    labels.put("version", version);
    labels.put("segment", window.segment());
    labels.put("window", length(window.length()));
    return labels;
  }

  /** As the configuration has it: {@code 1m}, {@code 1h}, {@code 1d}. */
  static String length(long millis) {
    Duration length = Duration.ofMillis(millis);
    if (length.toMillis() % 86_400_000 == 0) {
      return length.toDays() + "d";
    }
    if (length.toMillis() % 3_600_000 == 0) {
      return length.toHours() + "h";
    }
    return length.toMillis() % 60_000 == 0
        ? length.toMinutes() + "m"
        : length.toMillis() % 1_000 == 0 ? length.toSeconds() + "s" : length.toMillis() + "ms";
  }

  /** An earlier window that is issued again does not go over a later one. */
  private void show(
      String name, Map<String, String> labels, WindowId window, @Nullable Double shown) {
    Value value =
        gauges.computeIfAbsent(
            new Series(name, Map.copyOf(labels)),
            series -> {
              Value added = new Value();
              group(labels).gauge(name, (Gauge<Double>) () -> added.value);
              return added;
            });
    if (window.start() >= value.window) {
      value.window = window.start();
      value.value = shown == null ? Double.NaN : shown;
    }
  }

  private void add(String name, Map<String, String> labels, double amount) {
    sums.computeIfAbsent(
            new Series(name, Map.copyOf(labels)),
            series -> {
              DoubleAdder added = new DoubleAdder();
              group(labels).gauge(name, (Gauge<Double>) added::sum);
              return added;
            })
        .add(amount);
  }

  private MetricGroup group(Map<String, String> labels) {
    MetricGroup group = metrics;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      group = group.addGroup(label.getKey(), label.getValue());
    }
    return group;
  }
}
