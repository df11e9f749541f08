package io.millrace.inference.route;

import io.millrace.inference.traffic.Serving;
import io.millrace.schemas.avro.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Shows which share of a model's requests each version gets. Flink takes no gauge back, so one that
 * had traffic once shows 0 from then on.
 */
final class TrafficMetrics {

  private static final String WEIGHT = "millrace_traffic_weight";

  private final MetricGroup metrics;
  private final Map<String, Map<String, Double>> weights = new HashMap<>();

  TrafficMetrics(MetricGroup metrics) {
    this.metrics = metrics;
  }

  void show(String model, Serving serving) {
    Map<String, Double> shown = weights.computeIfAbsent(model, added -> new ConcurrentHashMap<>());
    Traffic traffic = serving.traffic();
    shown.replaceAll((version, before) -> 0.0);
    set(model, shown, traffic.getVersion(), 1 - traffic.getWeight());
    if (traffic.getCandidate() != null) {
      set(model, shown, traffic.getCandidate(), traffic.getWeight());
    }
  }

  private void set(String model, Map<String, Double> shown, String version, double weight) {
    if (shown.put(version, weight) == null) {
      metrics
          .addGroup("model", model)
          .addGroup("version", version)
          .gauge(WEIGHT, (Gauge<Double>) () -> shown.getOrDefault(version, 0.0));
    }
  }
}
