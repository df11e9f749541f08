package io.millrace.models.onnx;

import java.util.Map;

/** The system properties that DJL reads at its start. */
final class DjlProperties {

  /**
   * No usage reports, no downloads, no second engine for array maths, and no idle threads in the
   * process-wide pool: sessions bring their own.
   */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "OPT_OUT_TRACKING", "true",
          "ai.djl.offline", "true",
          "ai.djl.onnx.disable_alternative", "true",
          "ai.djl.onnxruntime.num_threads", "1",
          "ai.djl.onnxruntime.num_interop_threads", "1");

  private DjlProperties() {}

  /** Sets what the operator has not set. Must run before the first call of DJL. */
  static void apply() {
    PROPERTIES.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }
}
