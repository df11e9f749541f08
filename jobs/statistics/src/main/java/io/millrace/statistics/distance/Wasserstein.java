package io.millrace.statistics.distance;

import java.util.Arrays;

/**
 * The first Wasserstein distance of samples, in the unit of their values: the area between their
 * cumulative distribution functions.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.wasserstein_distance.html">scipy
 *     .stats.wasserstein_distance</a>; Ramdas, Garcia, Cuturi (2015), arXiv 1509.02237
 */
public final class Wasserstein {

  /** What a standard deviation counts at least, as evidently has it. */
  private static final double SMALLEST_NORM = 0.001;

  private Wasserstein() {}

  /**
   * Of values that weigh the same.
   *
   * @param x at least one finite number
   * @param y at least one finite number
   */
  public static double distance(double[] x, double[] y) {
    return distance(x, ones(x.length), y, ones(y.length));
  }

  /**
   * Of weighted values.
   *
   * @param x at least one finite number
   * @param xWeights one a value, 0 or more, not all 0; only their proportions count
   * @param y at least one finite number
   * @param yWeights as of x
   */
  public static double distance(double[] x, double[] xWeights, double[] y, double[] yWeights) {
    requireWeights(x, xWeights);
    requireWeights(y, yWeights);
    CumulativeShares left = new CumulativeShares(x, xWeights);
    CumulativeShares right = new CumulativeShares(y, yWeights);
    double area = 0;
    int i = 0;
    int j = 0;
    double at = Math.min(left.value(0), right.value(0));
    while (i < left.size() || j < right.size()) {
      double next = Math.min(left.value(i), right.value(j));
      area += Math.abs(left.below(i) - right.below(j)) * (next - at);
      at = next;
      while (left.value(i) == at) {
        i++;
      }
      while (right.value(j) == at) {
        j++;
      }
    }
    return area;
  }

  /**
   * In standard deviations of the reference (of the population: divided by n), of 0.001 at least,
   * as evidently has it.
   *
   * @param reference at least one finite number
   * @param current at least one finite number
   * @see <a
   *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/wasserstein_distance_norm.py">evidently's
   *     wasserstein_distance_norm.py</a>
   */
  public static double normed(double[] reference, double[] current) {
    return normed(distance(reference, current), deviation(reference));
  }

  /**
   * A distance in standard deviations of 0.001 at least.
   *
   * @param deviation of the reference, divided by n
   */
  public static double normed(double distance, double deviation) {
    return distance / Math.max(deviation, SMALLEST_NORM);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / values.length);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void requireWeights(double[] values, double[] weights) {
    if (values.length == 0) {
      throw new IllegalArgumentException("A sample is empty, expected at least one value");
    }
    if (values.length != weights.length) {
      throw new IllegalArgumentException(
          "Expected one weight a value, found %d of %d values"
              .formatted(weights.length, values.length));
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "A sample holds " + values[i] + ", expected finite numbers");
      }
      if (!(weights[i] >= 0)) {
        throw new IllegalArgumentException("Expected weights of 0 or more, found " + weights[i]);
      }
      sum += weights[i];
    }
    if (!(sum > 0 && Double.isFinite(sum))) {
      throw new IllegalArgumentException("Expected weights of a finite sum above 0, found " + sum);
    }
  }
}
