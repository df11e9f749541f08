package io.millrace.models.gpu;

import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.List;

/** A GPU of the machine. */
public final class Gpu {

  private final Nvml nvml;
  private final int index;
  private final Pointer device;

  Gpu(Nvml nvml, int index, Pointer device) {
    this.nvml = nvml;
    this.index = index;
    this.device = device;
  }

  /** Its number on the machine, from 0. */
  public int index() {
    return index;
  }

  /** What this device tells of itself; not every one tells all. */
  public List<GpuField> fields() {
    return Arrays.stream(GpuField.values()).filter(field -> !Double.isNaN(read(field))).toList();
  }

  /** The value of a field as of now, in its unit; NaN when the device does not tell. */
  public double read(GpuField field) {
    return field.read(nvml, device);
  }
}
