package io.millrace.models.gpu;

import com.sun.jna.Pointer;

/** What is read of a GPU, named as NVIDIA's DCGM exporter names it. */
public enum GpuField {
  /** Percent of the time in which anything ran. */
  DCGM_FI_DEV_GPU_UTIL {
    @Override
    double read(Nvml nvml, Pointer device) {
      return utilization(nvml, device, 0);
    }
  },
  /** Percent of the time in which memory was read or written. */
  DCGM_FI_DEV_MEM_COPY_UTIL {
    @Override
    double read(Nvml nvml, Pointer device) {
      return utilization(nvml, device, 1);
    }
  },
  /** Memory in use, in MiB. */
  DCGM_FI_DEV_FB_USED {
    @Override
    double read(Nvml nvml, Pointer device) {
      return memory(nvml, device, 2);
    }
  },
  /** Memory that is free, in MiB. */
  DCGM_FI_DEV_FB_FREE {
    @Override
    double read(Nvml nvml, Pointer device) {
      return memory(nvml, device, 1);
    }
  },
  /** Power that is drawn, in W. */
  DCGM_FI_DEV_POWER_USAGE {
    @Override
    double read(Nvml nvml, Pointer device) {
      int[] milliwatts = new int[1];
      return nvml.nvmlDeviceGetPowerUsage(device, milliwatts) == Nvml.SUCCESS
          ? milliwatts[0] / 1_000.0
          : Double.NaN;
    }
  },
  /** Temperature of the chip, in °C. */
  DCGM_FI_DEV_GPU_TEMP {
    @Override
    double read(Nvml nvml, Pointer device) {
      int[] celsius = new int[1];
      return nvml.nvmlDeviceGetTemperature(device, Nvml.TEMPERATURE_GPU, celsius) == Nvml.SUCCESS
          ? celsius[0]
          : Double.NaN;
    }
  };

  private static final double MEBIBYTE = 1 << 20;

  /** The value as of now; NaN when the device does not tell. */
  abstract double read(Nvml nvml, Pointer device);

  private static double utilization(Nvml nvml, Pointer device, int which) {
    int[] percents = new int[2];
    return nvml.nvmlDeviceGetUtilizationRates(device, percents) == Nvml.SUCCESS
        ? percents[which]
        : Double.NaN;
  }

  private static double memory(Nvml nvml, Pointer device, int which) {
    long[] bytes = new long[3];
    return nvml.nvmlDeviceGetMemoryInfo(device, bytes) == Nvml.SUCCESS
        ? bytes[which] / MEBIBYTE
        : Double.NaN;
  }
}
