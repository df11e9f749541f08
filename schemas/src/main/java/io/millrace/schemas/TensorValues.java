package io.millrace.schemas;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The elements of a tensor as values that JSON knows. */
public final class TensorValues {

  private TensorValues() {}

  /**
   * The elements, flat and row-major: booleans, numbers or strings.
   *
   * @throws IllegalArgumentException when the tensor's data does not fit its datatype and shape
   */
  public static List<Object> of(Tensor tensor) {
    try {
      if (tensor.getDatatype() == Datatype.BYTES) {
        return List.copyOf(Tensors.strings(tensor));
      }
      Tensors.validate(tensor);
    } catch (InvalidTensorException e) {
      throw new IllegalArgumentException("Not a valid tensor: " + e.getMessage(), e);
    }
    ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<Object> values =
        new ArrayList<>(data.remaining() / Tensors.elementBytes(tensor.getDatatype()));
    while (data.hasRemaining()) {
      values.add(next(tensor.getDatatype(), data));
    }
    return values;
  }

  private static Object next(Datatype datatype, ByteBuffer data) {
    return switch (datatype) {
      case BOOL -> data.get() != 0;
      case UINT8 -> Byte.toUnsignedInt(data.get());
      case UINT16 -> Short.toUnsignedInt(data.getShort());
      case UINT32 -> Integer.toUnsignedLong(data.getInt());
      case UINT64 -> new BigInteger(Long.toUnsignedString(data.getLong()));
      case INT8 -> (int) data.get();
      case INT16 -> (int) data.getShort();
      case INT32 -> data.getInt();
      case INT64 -> data.getLong();
      case FP16 -> half(data.getShort());
      case FP32 -> data.getFloat();
      case FP64 -> data.getDouble();
      case BYTES -> throw new IllegalArgumentException("BYTES has no elements of one size");
    };
  }

  /** The value of an IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1f + fraction / 1024f, exponent - 15);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
