package io.millrace.inference.route;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.MetricGroup;

/** Loads nothing and notes what it was asked for. */
public final class RecordingPreloader implements VersionPreloader {

  private static final long serialVersionUID = 1L;

  final List<String> preloaded = new CopyOnWriteArrayList<>();

  @Override
  public Opened open(MetricGroup metrics) {
    return new Opened() {
      @Override
      public void preload(String model, String version) {
        preloaded.add(model + " " + version);
      }

      @Override
      public void close() {}
    };
  }
}
