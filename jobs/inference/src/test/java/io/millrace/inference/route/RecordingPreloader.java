package io.millrace.inference.route;

import io.millrace.models.runtime.ServingOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.MetricGroup;

/** Loads nothing and notes what it was asked for. */
public final class RecordingPreloader implements VersionPreloader {

  private static final long serialVersionUID = 1L;

  final List<String> preloaded = new CopyOnWriteArrayList<>();
  final Map<String, Set<String>> held = new ConcurrentHashMap<>();

  @Override
  public Opened open(MetricGroup metrics) {
    return new Opened() {
      @Override
      public void hold(String model, Map<String, ServingOptions> versions) {
        held.put(model, Set.copyOf(versions.keySet()));
        versions.keySet().forEach(version -> preloaded.add(model + " " + version));
      }

      @Override
      public void close() {}
    };
  }
}
