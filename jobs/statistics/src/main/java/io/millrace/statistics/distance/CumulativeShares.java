package io.millrace.statistics.distance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A sample's values, ascending, and the share of its weight that lies before each. */
final class CumulativeShares {

  private final double[] values;
  private final double[] below;

  CumulativeShares(double[] values, double[] weights) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.values = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    below = new double[values.length + 1];
    double sum = Arrays.stream(weights).sum();
    double cumulative = 0;
    for (int i = 0; i < order.length; i++) {
      cumulative += weights[order[i]];
      below[i + 1] = cumulative / sum;
    }
  }

  int size() {
    return values.length;
  }

  /** The i-th smallest value; infinite after the last. */
  double value(int i) {
    return i < values.length ? values[i] : Double.POSITIVE_INFINITY;
  }

  /** The share of the i smallest values. */
  double below(int i) {
    return below[i];
  }
}
