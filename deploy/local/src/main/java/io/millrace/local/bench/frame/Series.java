package io.millrace.local.bench.frame;

import java.util.List;

/**
 * One figure, measured several times.
 *
 * @param values in the order in which they were measured; at least one
 */
public record Series(List<Double> values) {

  public Series {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A series has at least one value");
    }
    values = List.copyOf(values);
  }

  /** The middle one; the mean of the two in the middle of an even number. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  Range range() {
    return new Range(median(), min(), max());
  }
}
