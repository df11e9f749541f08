package io.millrace.inference.metrics;

import io.millrace.models.gpu.Gpu;
import io.millrace.models.gpu.GpuField;
import java.util.List;

/** Shows what GPUs tell, and nothing that they do not. */
public final class GpuMetrics {

  private GpuMetrics() {}

  public static void show(Meters meters, List<Gpu> gpus) {
    for (Gpu gpu : gpus) {
      for (GpuField field : gpu.fields()) {
        meters.show(field.name(), () -> gpu.read(field), "gpu", Integer.toString(gpu.index()));
      }
    }
  }
}
