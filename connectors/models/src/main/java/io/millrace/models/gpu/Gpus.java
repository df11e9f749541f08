package io.millrace.models.gpu;

import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The GPUs of the machine; none where NVIDIA's management library is not installed. */
public final class Gpus implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gpus.class);

  private static final String LIBRARY = "nvidia-ml";

  private final @Nullable Nvml nvml;
  private final List<Gpu> all;

  private Gpus(@Nullable Nvml nvml, List<Gpu> all) {
    this.nvml = nvml;
    this.all = List.copyOf(all);
  }

  /** Looks for them. */
  public static Gpus open() {
    return open(() -> Native.load(LIBRARY, Nvml.class));
  }

  /**
   * Looks for them.
   *
   * @param library throws an {@link UnsatisfiedLinkError} where there is no library
   */
  static Gpus open(Supplier<Nvml> library) {
    try {
      return open(library.get());
    } catch (LinkageError e) {
      // Most machines have no GPU: nothing to be told of.
      LOG.debug("No GPUs: {}", e.toString());
      return new Gpus(null, List.of());
    }
  }

  private static Gpus open(Nvml nvml) {
    int error = nvml.nvmlInit_v2();
    if (error != Nvml.SUCCESS) {
      LOG.info("No GPUs: nvmlInit_v2 gave error {}", error);
      return new Gpus(null, List.of());
    }
    int[] count = new int[1];
    List<Gpu> all = new ArrayList<>();
    if (nvml.nvmlDeviceGetCount_v2(count) == Nvml.SUCCESS) {
      for (int i = 0; i < count[0]; i++) {
        PointerByReference device = new PointerByReference();
        if (nvml.nvmlDeviceGetHandleByIndex_v2(i, device) == Nvml.SUCCESS) {
          all.add(new Gpu(nvml, i, device.getValue()));
        }
      }
    }
    return new Gpus(nvml, all);
  }

  public List<Gpu> all() {
    return all;
  }

  /** Others may have the library open still. */
  @Override
  public void close() {
    if (nvml != null) {
      nvml.nvmlShutdown();
    }
  }
}
