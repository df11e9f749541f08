package io.millrace.inference.infer;

import io.millrace.inference.metrics.FlinkMeters;
import io.millrace.inference.metrics.GpuMetrics;
import io.millrace.inference.metrics.HistogramMeters;
import io.millrace.models.ModelVersion;
import io.millrace.models.gpu.Gpus;
import io.millrace.models.runtime.CallCost;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.models.runtime.SharedModelRuntime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the model runtime of a task manager does, by model and version. The names that end in
 * {@code _total} only grow while their version is loaded. Whoever has had a version loaded shows it
 * here, deployed or pinned; Flink takes no gauge back, so one that was unloaded shows zeros. Beside
 * them the machine's GPUs.
 */
final class ModelMetrics implements AutoCloseable {

  /** Versions are loaded without telling anybody; this is how often they are looked for. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** The one subtask of a task manager that shows what its runtime does: it is shared by all. */
  private static final ConcurrentMap<SharedModelRuntime.Key, ModelMetrics> REPORTERS =
      new ConcurrentHashMap<>();

  private final SharedModelRuntime.Key key;
  private final Supplier<List<RuntimeStats>> runtime;
  private final MetricGroup metrics;
  private final Set<ModelVersion> shown = new HashSet<>();
  private final Supplier<Gpus> machine;
  private @Nullable Gpus gpus;
  private final ScheduledExecutorService timer;
  private boolean closed;

  private ModelMetrics(
      SharedModelRuntime.Key key,
      Supplier<List<RuntimeStats>> runtime,
      Supplier<Gpus> machine,
      MetricGroup metrics) {
    this.key = key;
    this.machine = machine;
    this.runtime = runtime;
    this.metrics = metrics;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "millrace-model-metrics");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Shows the runtime of a key until it is closed, unless another subtask does. */
  static ModelMetrics open(
      SharedModelRuntime.Key key, Supplier<List<RuntimeStats>> runtime, MetricGroup metrics) {
    ModelMetrics opened = new ModelMetrics(key, runtime, Gpus::open, metrics);
    var unused =
        opened.timer.scheduleWithFixedDelay(
            opened::showNew, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return opened;
  }

  /**
   * Adds the versions that were loaded since. When the one that shows is closed another goes on.
   */
  private synchronized void showNew() {
    if (closed) {
      return;
    }
    ModelMetrics reporter = REPORTERS.putIfAbsent(key, this);
    if (reporter == null || reporter == this) {
      if (gpus == null) {
        gpus = machine.get();
        GpuMetrics.show(new FlinkMeters(metrics), gpus.all());
      }
      for (RuntimeStats stats : runtime.get()) {
        if (shown.add(stats.version())) {
          register(stats.version());
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    if (gpus != null) {
      gpus.close();
    }
    REPORTERS.remove(key, this);
  }

  private void register(ModelVersion version) {
    MetricGroup group =
        metrics.addGroup("model", version.model()).addGroup("version", version.version());
    show(group, version, "millrace_model_workers", RuntimeStats::workers);
    HistogramMeters.show(
        new FlinkMeters(group),
        "millrace_batch_size",
        () -> stats(version).map(RuntimeStats::batchSizes).orElseGet(RuntimeStats::noBatches),
        1);
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
    show(group, version, "millrace_model_call_base_seconds", callCost(CallCost::baseSeconds));
    show(group, version, "millrace_model_call_token_seconds", callCost(CallCost::secondsPerToken));
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
    group.gauge(name, (Gauge<Number>) () -> stats(version).map(number).orElse(0));
  }

  private Optional<RuntimeStats> stats(ModelVersion version) {
    return runtime.get().stream().filter(stats -> stats.version().equals(version)).findFirst();
  }

  /** 0 while it is not known. */
  private static Function<RuntimeStats, Number> callCost(ToDoubleFunction<CallCost> part) {
    return stats -> {
      CallCost cost = stats.callCost();
      return cost == null ? 0 : part.applyAsDouble(cost);
    };
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
