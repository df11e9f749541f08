package io.millrace.models.runtime;

import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Finds NaN and infinity in the outputs of a model, in place. */
final class FiniteOutputs {

  /** The exponent of an FP16; all ones is NaN or infinity. */
  private static final int HALF_EXPONENT = 0x7C00;

  private FiniteOutputs() {}

  /** The name of the first tensor that holds a number that is not finite. */
  static Optional<String> firstNonFinite(List<Tensor> outputs) {
    return outputs.stream().filter(tensor -> !isFinite(tensor)).map(Tensor::getName).findFirst();
  }

  private static boolean isFinite(Tensor tensor) {
    return switch (tensor.getDatatype()) {
      case FP16 -> halvesAreFinite(data(tensor));
      case FP32 -> floatsAreFinite(data(tensor));
      case FP64 -> doublesAreFinite(data(tensor));
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES -> true;
    };
  }

  private static boolean halvesAreFinite(ByteBuffer data) {
    while (data.remaining() >= Short.BYTES) {
      if ((data.getShort() & HALF_EXPONENT) == HALF_EXPONENT) {
        return false;
      }
    }
    return true;
  }

  private static boolean floatsAreFinite(ByteBuffer data) {
    while (data.remaining() >= Float.BYTES) {
      if (!Float.isFinite(data.getFloat())) {
        return false;
      }
    }
    return true;
  }

  private static boolean doublesAreFinite(ByteBuffer data) {
    while (data.remaining() >= Double.BYTES) {
      if (!Double.isFinite(data.getDouble())) {
        return false;
      }
    }
    return true;
  }

  /** The bytes themselves behind a position of their own. */
  private static ByteBuffer data(Tensor tensor) {
    return tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
