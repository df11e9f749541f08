package io.millrace.inference.infer;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.route.VersionPreloader;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.ServingOptions;
import io.millrace.models.runtime.SharedModelRuntime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds versions in the runtime that all subtasks of a task manager share. */
public final class SharedPreloader implements VersionPreloader {

  /** 1 when a version that is to be held is loaded and warm in a task manager, else 0. */
  public static final String LOADED_METRIC = "millrace_model_loaded";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SharedPreloader.class);

  private final SharedRuntime runtime;

  public SharedPreloader(InferenceConfig.Models models) {
    runtime = new SharedRuntime(models);
  }

  @Override
  public Opened open(MetricGroup metrics) {
    return new Preloading(runtime.key(), runtime.acquire(), metrics);
  }

  private static final class Preloading implements Opened {

    private final SharedModelRuntime.Lease lease;
    private final MetricGroup metrics;
    private final ModelMetrics modelMetrics;
    private final Map<String, Map<String, Held>> held = new HashMap<>();

    /** What the gauges read, on other threads: those of versions that are let go find nothing. */
    private final ConcurrentMap<ModelVersion, CompletableFuture<?>> loads =
        new ConcurrentHashMap<>();

    private final Set<ModelVersion> shown = new HashSet<>();

    private record Held(ServingOptions options, ModelRuntime.Hold hold) {}

    Preloading(SharedModelRuntime.Key key, SharedModelRuntime.Lease lease, MetricGroup metrics) {
      this.lease = lease;
      this.metrics = metrics;
      modelMetrics = ModelMetrics.open(key, lease.runtime()::stats, metrics);
    }

    @Override
    public void hold(String model, Map<String, ServingOptions> versions) {
      Map<String, Held> before = held.computeIfAbsent(model, added -> new HashMap<>());
      Map<String, Held> after = new HashMap<>();
      versions.forEach(
          (version, options) -> {
            Held current = before.get(version);
            if (current != null && current.options().equals(options)) {
              before.remove(version);
              after.put(version, current);
            } else {
              ModelVersion id = parse(model, version);
              if (id != null) {
                after.put(version, new Held(options, open(id, options)));
              }
            }
          });
      held.put(model, after);
      // After the new ones are open: one whose options changed stays loaded.
      before.forEach((version, gone) -> release(model, version, gone, after));
    }

    private ModelRuntime.Hold open(ModelVersion id, ServingOptions options) {
      ModelRuntime.Hold hold = lease.runtime().hold(id, options);
      loads.put(id, hold.loaded().whenComplete((served, failure) -> log(id, failure)));
      if (shown.add(id)) {
        metrics
            .addGroup("model", id.model())
            .addGroup("version", id.version())
            .gauge(LOADED_METRIC, (Gauge<Integer>) () -> loaded(loads.get(id)) ? 1 : 0);
      }
      return hold;
    }

    private void release(String model, String version, Held gone, Map<String, Held> after) {
      if (!after.containsKey(version)) {
        loads.remove(new ModelVersion(model, version));
      }
      gone.hold().close();
    }

    private static @Nullable ModelVersion parse(String model, String version) {
      try {
        return new ModelVersion(model, version);
      } catch (IllegalArgumentException e) {
        LOG.error("A deployment names no model version: {}", e.getMessage());
        return null;
      }
    }

    private static boolean loaded(@Nullable CompletableFuture<?> load) {
      return load != null && load.isDone() && !load.isCompletedExceptionally();
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
      held.values().forEach(versions -> versions.values().forEach(held -> held.hold().close()));
      held.clear();
      modelMetrics.close();
      lease.close();
    }
  }
}
