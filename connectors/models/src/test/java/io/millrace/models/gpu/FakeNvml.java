package io.millrace.models.gpu;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** A machine with two GPUs, of which the second does not tell its power. */
@SuppressWarnings("MemberName") // The names are the library's.
final class FakeNvml implements Nvml {

  private static final int NOT_SUPPORTED = 3;

  int initResult;
  int openTimes;

  @Override
  public int nvmlInit_v2() {
    openTimes += initResult == SUCCESS ? 1 : 0;
    return initResult;
  }

  @Override
  public int nvmlShutdown() {
    openTimes--;
    return SUCCESS;
  }

  @Override
  public int nvmlDeviceGetCount_v2(int[] count) {
    count[0] = 2;
    return SUCCESS;
  }

  @Override
  public int nvmlDeviceGetHandleByIndex_v2(int index, PointerByReference device) {
    device.setValue(new Pointer(index + 1));
    return SUCCESS;
  }

  @Override
  public int nvmlDeviceGetUtilizationRates(Pointer device, int[] percents) {
    percents[0] = 80;
    percents[1] = 30;
    return SUCCESS;
  }

  @Override
  public int nvmlDeviceGetMemoryInfo(Pointer device, long[] bytes) {
    bytes[0] = 16L << 30;
    bytes[1] = 12L << 30;
    bytes[2] = 4L << 30;
    return SUCCESS;
  }

  @Override
  public int nvmlDeviceGetPowerUsage(Pointer device, int[] milliwatts) {
    milliwatts[0] = 61_500;
    return Pointer.nativeValue(device) == 1 ? SUCCESS : NOT_SUPPORTED;
  }

  @Override
  public int nvmlDeviceGetTemperature(Pointer device, int sensor, int[] celsius) {
    celsius[0] = sensor == TEMPERATURE_GPU ? 57 : -1;
    return SUCCESS;
  }
}
