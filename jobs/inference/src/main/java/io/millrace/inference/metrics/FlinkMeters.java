package io.millrace.inference.metrics;

import java.util.function.Supplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Shows numbers in a group of Flink's metrics. All are gauges: Flink's Prometheus reporter makes
 * gauges of counters too, and summaries of histograms, which cannot be added up over subtasks.
 */
public record FlinkMeters(MetricGroup metrics) implements Meters {

  @Override
  public void show(String name, Supplier<? extends Number> value, String... labels) {
    MetricGroup group = metrics;
    for (int i = 0; i < labels.length; i += 2) {
      group = group.addGroup(labels[i], labels[i + 1]);
    }
    group.gauge(name, (Gauge<Number>) value::get);
  }
}
