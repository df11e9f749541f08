package io.millrace.inference.infer;

import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the outputs of a version say, compared with those of another one. */
final class Outputs {

  /** Of a classifier: the likeliest label of each row. */
  private static final String LABEL = "label";

  /** Of a classifier: the probability that it gives the likeliest label of each row. */
  private static final String CONFIDENCE = "confidence";

  /** Of an encoder: the vector of each row. */
  private static final String EMBEDDING = "embedding";

  private static final double MIN_COSINE = 0.99;
  private static final double MAX_RELATIVE_DIFFERENCE = 1e-3;

  private Outputs() {}

  /** What a classifier said of its one row; null of several rows and of another model. */
  static @Nullable String label(List<Tensor> outputs) {
    Tensor labels = find(outputs, LABEL);
    if (labels == null || labels.getDatatype() != Datatype.BYTES) {
      return null;
    }
    try {
      List<String> rows = Tensors.strings(labels);
      return rows.size() == 1 ? rows.get(0) : null;
    } catch (InvalidTensorException e) {
      return null;
    }
  }

  /** How sure a classifier was of its one row, 0 to 1; NaN when the outputs do not say. */
  static double confidence(List<Tensor> outputs) {
    Tensor confidence = find(outputs, CONFIDENCE);
    if (confidence == null || confidence.getDatatype() != Datatype.FP32) {
      return Double.NaN;
    }
    double[] rows = numbers(confidence);
    return rows.length == 1 ? rows[0] : Double.NaN;
  }

  /**
   * Whether two versions say the same: classifiers, the same labels in all rows; encoders, vectors
   * with a cosine of at least 0.99 in each row; all others, the same outputs, whose numbers differ
   * by at most a thousandth of the larger one and whose other elements are equal.
   */
  static boolean agree(List<Tensor> production, List<Tensor> candidate) {
    for (String decisive : List.of(LABEL, EMBEDDING)) {
      Tensor one = find(production, decisive);
      Tensor other = find(candidate, decisive);
      if (one != null && other != null) {
        return agree(one, other);
      }
    }
    return production.size() == candidate.size()
        && production.stream()
            .allMatch(
                one -> {
                  Tensor other = find(candidate, one.getName());
                  return other != null && agree(one, other);
                });
  }

  private static boolean agree(Tensor one, Tensor other) {
    if (one.getDatatype() != other.getDatatype() || !one.getShape().equals(other.getShape())) {
      return false;
    }
    return switch (one.getDatatype()) {
      case FP32, FP64 ->
          one.getName().equals(EMBEDDING)
              ? sameDirections(numbers(one), numbers(other), rows(one))
              : sameNumbers(numbers(one), numbers(other));
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BYTES ->
          one.getData().equals(other.getData());
    };
  }

  private static boolean sameNumbers(double[] one, double[] other) {
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < one.length; i++) {
      double larger = Math.max(Math.abs(one[i]), Math.abs(other[i]));
      if (!(Math.abs(one[i] - other[i]) <= MAX_RELATIVE_DIFFERENCE * larger)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameDirections(double[] one, double[] other, int rows) {
    if (one.length != other.length || one.length % rows != 0) {
      return false;
    }
    int width = one.length / rows;
    for (int row = 0; row < rows; row++) {
      if (!(cosine(one, other, row * width, width) >= MIN_COSINE)) {
        return false;
      }
    }
    return true;
  }

  private static double cosine(double[] one, double[] other, int from, int width) {
    double product = 0;
    double oneSquared = 0;
    double otherSquared = 0;
    for (int i = from; i < from + width; i++) {
      product += one[i] * other[i];
      oneSquared += one[i] * one[i];
      otherSquared += other[i] * other[i];
    }
    return product / Math.sqrt(oneSquared * otherSquared);
  }

  private static int rows(Tensor tensor) {
    List<Long> shape = tensor.getShape();
    return shape.size() < 2 ? 1 : Math.max(1, Math.toIntExact(shape.get(0)));
  }

  private static double[] numbers(Tensor tensor) {
    ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    boolean single = tensor.getDatatype() == Datatype.FP32;
    double[] numbers = new double[data.remaining() / (single ? Float.BYTES : Double.BYTES)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = single ? data.getFloat() : data.getDouble();
    }
    return numbers;
  }

  private static @Nullable Tensor find(List<Tensor> outputs, String name) {
    return outputs.stream()
        .filter(output -> output.getName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
