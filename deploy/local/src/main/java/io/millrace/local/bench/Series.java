package io.millrace.local.bench;

import java.util.List;

/**
 * One figure, measured several times.
 *
 * @param values in the order in which they were measured; at least one
 */
record Series(List<Double> values) {

  Series {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A series has at least one value");
    }
    values = List.copyOf(values);
  }

  /** The middle one; the mean of the two in the middle of an even number. */
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
