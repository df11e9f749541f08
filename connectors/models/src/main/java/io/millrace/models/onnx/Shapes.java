package io.millrace.models.onnx;

import java.util.List;
import java.util.stream.IntStream;

/** Shapes with -1 for dimensions that vary. */
final class Shapes {

  private Shapes() {}

  /** Whether a shape has the expected number of dimensions, and the sizes that are fixed. */
  static boolean fits(List<Long> expected, List<Long> shape) {
    return shape.size() == expected.size()
        && IntStream.range(0, shape.size())
            .allMatch(i -> expected.get(i) < 0 || expected.get(i).equals(shape.get(i)));
  }
}
