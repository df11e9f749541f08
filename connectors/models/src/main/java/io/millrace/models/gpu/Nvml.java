package io.millrace.models.gpu;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/**
 * The calls of NVIDIA's management library {@code libnvidia-ml} that are used, under its own names.
 * Each gives 0 when it worked, else one of the library's errors. What the library declares as a
 * structure of equal fields is an array here.
 */
@SuppressWarnings("MemberName") // The names are the library's.
interface Nvml extends Library {

  int SUCCESS = 0;

  /** The only sensor that there is: the chip's. */
  int TEMPERATURE_GPU = 0;

  int nvmlInit_v2();

  int nvmlShutdown();

  /**
   * How many devices there are.
   *
   * @param count of one element
   */
  int nvmlDeviceGetCount_v2(int[] count);

  int nvmlDeviceGetHandleByIndex_v2(int index, PointerByReference device);

  /**
   * How busy a device is.
   *
   * @param percents of the time in which anything ran, and in which memory was read or written
   */
  int nvmlDeviceGetUtilizationRates(Pointer device, int[] percents);

  /**
   * A device's memory.
   *
   * @param bytes total, free, used
   */
  int nvmlDeviceGetMemoryInfo(Pointer device, long[] bytes);

  /**
   * What a device draws.
   *
   * @param milliwatts of one element
   */
  int nvmlDeviceGetPowerUsage(Pointer device, int[] milliwatts);

  /**
   * How hot a device is.
   *
   * @param celsius of one element
   */
  int nvmlDeviceGetTemperature(Pointer device, int sensor, int[] celsius);
}
