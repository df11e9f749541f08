package io.millrace.models.onnx;

import ai.onnxruntime.OrtException;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import java.util.Locale;

/** Says in the words of the result contract why a model call gave no answer. */
final class PredictionFailures {

  private PredictionFailures() {}

  static PredictionException of(Throwable failure, StopSignal stop) {
    if (stop.stopped()) {
      return new PredictionException(Reason.TIMEOUT, "the model call was stopped", failure);
    }
    if (isOutOfMemory(failure)) {
      return new PredictionException(
          Reason.OUT_OF_MEMORY, "no memory for the batch: " + failure.getMessage(), failure);
    }
    return new PredictionException(
        Reason.MODEL_FAILURE, "the model call failed: " + failure.getMessage(), failure);
  }

  private static boolean isOutOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError
          || (cause instanceof OrtException && saysNoMemory(String.valueOf(cause.getMessage())))) {
        return true;
      }
    }
    return false;
  }

  /** ONNX Runtime has no error code for it: the arena, the C++ runtime and CUDA word it so. */
  private static boolean saysNoMemory(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("failed to allocate memory")
        || text.contains("bad_alloc")
        || text.contains("bad allocation")
        || text.contains("out of memory");
  }
}
