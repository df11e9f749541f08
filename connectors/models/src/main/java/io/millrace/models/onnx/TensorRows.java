package io.millrace.models.onnx;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the numbers of a tensor row by row, in place. */
final class TensorRows {

  private final Datatype datatype;
  private final ByteBuffer data;
  private final int bytes;
  private final int elements;

  /**
   * @param rows that share the tensor's elements; one that cannot be cut so has none
   */
  TensorRows(Tensor tensor, int rows) {
    datatype = tensor.getDatatype();
    data = tensor.getData().slice().order(ByteOrder.LITTLE_ENDIAN);
    bytes = bytes(datatype);
    int all = bytes == 0 ? 0 : data.remaining() / bytes;
    elements = all % rows == 0 ? all / rows : 0;
  }

  /** Whether the numbers are floating-point ones. */
  boolean hasFractions() {
    return datatype == Datatype.FP32 || datatype == Datatype.FP64;
  }

  /** Numbers of a row. */
  int elements() {
    return elements;
  }

  /** A number of a row. A Boolean is 0 or 1. */
  double value(int row, int element) {
    int position = (row * elements + element) * bytes;
    return switch (datatype) {
      case FP32 -> data.getFloat(position);
      case FP64 -> data.getDouble(position);
      case INT64 -> data.getLong(position);
      case INT32 -> data.getInt(position);
      case INT8 -> data.get(position);
      case UINT8, BOOL -> Byte.toUnsignedInt(data.get(position));
      default -> Double.NaN;
    };
  }

  /** NaN when the tensor cannot be cut into rows. */
  double sumOfSquares(int row) {
    if (elements == 0) {
      return Double.NaN;
    }
    double squares = 0;
    for (int i = 0; i < elements; i++) {
      double value = value(row, i);
      squares += value * value;
    }
    return squares;
  }

  private static int bytes(Datatype datatype) {
    return switch (datatype) {
      case FP64, INT64 -> Long.BYTES;
      case FP32, INT32 -> Integer.BYTES;
      case INT8, UINT8, BOOL -> 1;
      // No tensor model takes or gives them.
      case FP16, INT16, UINT16, UINT32, UINT64, BYTES -> 0;
    };
  }
}
