package io.millrace.inference.infer;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.route.VersionPreloader;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.SharedModelRuntime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads deployed versions into the runtime that all subtasks of a task manager share. */
public final class SharedPreloader implements VersionPreloader {

  /** 1 when a deployed version is loaded and warm in a task manager, else 0. */
  public static final String LOADED_METRIC = "millrace_model_loaded";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SharedPreloader.class);

  /** The one subtask of a task manager that shows what its runtime does: it is shared by all. */
  private static final ConcurrentMap<SharedModelRuntime.Key, Preloading> REPORTERS =
      new ConcurrentHashMap<>();

  private final SharedRuntime runtime;

  public SharedPreloader(InferenceConfig.Models models) {
    runtime = new SharedRuntime(models);
  }

  @Override
  public Opened open(MetricGroup metrics) {
    return new Preloading(runtime.key(), runtime.acquire(), metrics);
  }

  private static final class Preloading implements Opened {

    private final SharedModelRuntime.Key key;
    private final SharedModelRuntime.Lease lease;
    private final MetricGroup metrics;
    private final ModelMetrics modelMetrics;
    private final Set<ModelVersion> asked = new HashSet<>();

    Preloading(SharedModelRuntime.Key key, SharedModelRuntime.Lease lease, MetricGroup metrics) {
      this.key = key;
      this.lease = lease;
      this.metrics = metrics;
      modelMetrics = new ModelMetrics(metrics, lease.runtime()::stats);
    }

    @Override
    public void preload(String model, String version) {
      ModelVersion id;
      try {
        id = new ModelVersion(model, version);
      } catch (IllegalArgumentException e) {
        LOG.error("A deployment names no model version: {}", e.getMessage());
        return;
      }
      if (asked.add(id)) {
        CompletableFuture<?> loaded =
            lease.runtime().load(id).whenComplete((served, failure) -> log(id, failure));
        metrics
            .addGroup("model", model)
            .addGroup("version", version)
            .gauge(LOADED_METRIC, (Gauge<Integer>) () -> loaded(loaded) ? 1 : 0);
        if (reports()) {
          modelMetrics.register(id);
        }
      }
    }

    private boolean reports() {
      Preloading reporter = REPORTERS.putIfAbsent(key, this);
      return reporter == null || reporter == this;
    }

    private static boolean loaded(CompletableFuture<?> load) {
      return load.isDone() && !load.isCompletedExceptionally();
    }

    private static void log(ModelVersion version, @Nullable Throwable failure) {
      if (failure == null) {
        LOG.info("{} is loaded", version);
      } else {
        LOG.error("{} cannot be loaded: {}", version, failure.toString());
      }
    }

    @Override
    public void close() {
      REPORTERS.remove(key, this);
      lease.close();
    }
  }
}
