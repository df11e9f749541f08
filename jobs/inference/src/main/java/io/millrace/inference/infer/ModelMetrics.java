package io.millrace.inference.infer;

import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.RuntimeStats;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Shows what the model runtime of a task manager does, by model and version. The names that end in
 * {@code _total} only grow; a version that is not loaded shows nothing but zeros.
 */
final class ModelMetrics {

  private final MetricGroup metrics;
  private final Supplier<List<RuntimeStats>> runtime;

  ModelMetrics(MetricGroup metrics, Supplier<List<RuntimeStats>> runtime) {
    this.metrics = metrics;
    this.runtime = runtime;
  }

  void register(ModelVersion version) {
    MetricGroup group =
        metrics.addGroup("model", version.model()).addGroup("version", version.version());
    show(group, version, "millrace_model_batches_total", RuntimeStats::batches);
    show(group, version, "millrace_model_items_total", RuntimeStats::items);
    show(group, version, "millrace_model_tokens_total", RuntimeStats::tokens);
    show(group, version, "millrace_model_padded_tokens_total", RuntimeStats::paddedTokens);
    show(group, version, "millrace_model_failed_items_total", RuntimeStats::failedItems);
    show(
        group,
        version,
        "millrace_model_compute_seconds_total",
        stats -> stats.computeTime().toNanos() / 1e9);
    show(group, version, "millrace_model_queued_items", RuntimeStats::queuedItems);
    show(group, version, "millrace_model_running_calls", RuntimeStats::runningCalls);
    show(group, version, "millrace_model_abandoned_calls", RuntimeStats::abandonedCalls);
    show(group, version, "millrace_model_abandoned_calls_total", RuntimeStats::abandonments);
    show(group, version, "millrace_batch_limit", RuntimeStats::batchLimit);
    show(group, version, "millrace_batch_splits_total", RuntimeStats::splits);
    show(group, version, "millrace_poison_isolated_total", RuntimeStats::poisonIsolated);
    show(group, version, "millrace_breaker_state", ModelMetrics::breakerState);
    show(group, version, "millrace_breaker_opened_total", RuntimeStats::breakerOpened);
    show(group, version, "millrace_breaker_refused_items_total", RuntimeStats::refusedItems);
  }

  private void show(
      MetricGroup group, ModelVersion version, String name, Function<RuntimeStats, Number> number) {
    group.gauge(
        name,
        (Gauge<Number>)
            () ->
                runtime.get().stream()
                    .filter(stats -> stats.version().equals(version))
                    .findFirst()
                    .map(number)
                    .orElse(0));
  }

  /** 0 closed, 1 half-open, 2 open. */
  private static Number breakerState(RuntimeStats stats) {
    return switch (stats.breakerState()) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}
