package io.millrace.inference.metrics;

import io.millrace.models.runtime.Histogram;

/** Shows how long requests of a version are in a stage. */
final class StageMeters {

  private StageMeters() {}

  static void show(Meters meters, Stage stage, Histogram histogram, String model, String version) {
    HistogramMeters.show(
        meters,
        Stage.METRIC,
        () -> histogram,
        Latency.SCALE,
        "model",
        model,
        "version",
        version,
        "stage",
        stage.label());
  }
}
