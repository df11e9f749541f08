package io.millrace.schemas;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds and reads {@link Tensor}s. Data is in the raw form of the Open Inference Protocol's binary
 * tensor extension: little-endian and row-major; an element of BYTES is its length as a uint32,
 * then the bytes. Reading never moves the tensor's buffer.
 */
public final class Tensors {

  private Tensors() {}

  /** A BYTES tensor of shape {@code [values.size()]} that holds the texts as UTF-8. */
  public static Tensor ofStrings(String name, List<String> values) {
    List<byte[]> encoded =
        values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
    int size = encoded.stream().mapToInt(bytes -> Integer.BYTES + bytes.length).sum();
    ByteBuffer data = allocate(size);
    encoded.forEach(bytes -> data.putInt(bytes.length).put(bytes));
    return tensor(name, Datatype.BYTES, new long[] {values.size()}, data.flip());
  }

  /**
   * An FP32 tensor, row-major.
   *
   * @throws IllegalArgumentException when the shape has another number of elements
   */
  public static Tensor ofFloats(String name, long[] shape, float[] values) {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
    ByteBuffer data = allocate(values.length * Float.BYTES);
    data.asFloatBuffer().put(values);
    return tensor(name, Datatype.FP32, shape, data);
  }

  /**
   * The elements of a BYTES tensor as UTF-8 texts.
   *
   * @throws InvalidTensorException when the tensor has another datatype, its data does not fit its
   *     shape, or an element is not valid UTF-8
   */
  public static List<String> strings(Tensor tensor) throws InvalidTensorException {
    requireDatatype(tensor, Datatype.BYTES);
    ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<String> values = new ArrayList<>();
    while (data.hasRemaining()) {
      values.add(utf8(tensor, nextElement(tensor, data), values.size()));
    }
    requireElements(tensor, values.size());
    return values;
  }

  /**
   * The elements of an FP32 tensor, row-major.
   *
   * @throws InvalidTensorException when the tensor has another datatype or its data does not fit
   */
  public static float[] floats(Tensor tensor) throws InvalidTensorException {
    requireDatatype(tensor, Datatype.FP32);
    validate(tensor);
    ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return values;
  }

  /**
   * Checks that the data fits the datatype and the shape.
   *
   * @throws InvalidTensorException says what was expected and what was found
   */
  public static void validate(Tensor tensor) throws InvalidTensorException {
    int size = elementBytes(tensor.getDatatype());
    ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (size > 0) {
      if (data.remaining() % size != 0) {
        throw new InvalidTensorException(
            "tensor '%s' has %d bytes of data, which is no multiple of the %d bytes of a %s"
                .formatted(tensor.getName(), data.remaining(), size, tensor.getDatatype()));
      }
      requireElements(tensor, data.remaining() / size);
      return;
    }
    int count = 0;
    while (data.hasRemaining()) {
      nextElement(tensor, data);
      count++;
    }
    requireElements(tensor, count);
  }

  /** Bytes of one element; 0 for BYTES, whose elements have lengths of their own. */
  public static int elementBytes(Datatype datatype) {
    return switch (datatype) {
      case BOOL, UINT8, INT8 -> 1;
      case UINT16, INT16, FP16 -> 2;
      case UINT32, INT32, FP32 -> 4;
      case UINT64, INT64, FP64 -> 8;
      case BYTES -> 0;
    };
  }

  private static ByteBuffer nextElement(Tensor tensor, ByteBuffer data)
      throws InvalidTensorException {
    if (data.remaining() < Integer.BYTES) {
      throw new InvalidTensorException(
          "tensor '%s' ends inside the length of an element".formatted(tensor.getName()));
    }
    int length = data.getInt();
    if (length < 0 || length > data.remaining()) {
      throw new InvalidTensorException(
          "tensor '%s' has an element longer than its data".formatted(tensor.getName()));
    }
    ByteBuffer element = data.slice(data.position(), length);
    data.position(data.position() + length);
    return element;
  }

  private static String utf8(Tensor tensor, ByteBuffer element, int index)
      throws InvalidTensorException {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(element);
      return text.toString();
    } catch (CharacterCodingException e) {
      InvalidTensorException invalid =
          new InvalidTensorException(
              "tensor '%s' element %d is not valid UTF-8".formatted(tensor.getName(), index));
      invalid.initCause(e);
      throw invalid;
    }
  }

  private static void requireDatatype(Tensor tensor, Datatype expected)
      throws InvalidTensorException {
    if (tensor.getDatatype() != expected) {
      throw new InvalidTensorException(
          "tensor '%s' has datatype %s, expected %s"
              .formatted(tensor.getName(), tensor.getDatatype(), expected));
    }
  }

  private static void requireElements(Tensor tensor, int found) throws InvalidTensorException {
    long[] shape = tensor.getShape().stream().mapToLong(Long::longValue).toArray();
    if (elements(shape) != found) {
      throw new InvalidTensorException(
          "tensor '%s' has shape %s but %d elements of data"
              .formatted(tensor.getName(), Arrays.toString(shape), found));
    }
  }

  /** Elements of a shape; -1 when a dimension is negative or the product overflows. */
  private static long elements(long[] shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        return -1;
      }
      try {
        product = Math.multiplyExact(product, dimension);
      } catch (ArithmeticException e) {
        return -1;
      }
    }
    return product;
  }

  private static Tensor tensor(String name, Datatype datatype, long[] shape, ByteBuffer data) {
    return new Tensor(name, datatype, Arrays.stream(shape).boxed().toList(), data);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
