package io.millrace.inference.state;

import io.millrace.inference.route.VersionPreloader;
import io.millrace.models.runtime.ServingOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;

/** Loads nothing and notes, for the whole process, what it was asked for. */
final class Preloads implements VersionPreloader {

  private static final long serialVersionUID = 1L;

  /** {@code model version}. */
  static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  @Override
  public Opened open(MetricGroup metrics) {
    return new Opened() {
      @Override
      public void hold(String model, Map<String, ServingOptions> versions) {
        versions.keySet().forEach(version -> SEEN.add(model + " " + version));
      }

      @Override
      public void close() {}
    };
  }
}
