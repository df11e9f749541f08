package io.millrace.statistics.distance;

import java.util.Arrays;

/**
 * The values of a kernel for all pairs of vectors. A division of the vectors into two samples needs
 * but the sum inside of the first: with the sums of the rows, those inside of the second and
 * between both follow.
 */
final class KernelSums {

  private final double[][] values;
  private final double[] rows;
  private final double total;
  private final int n;

  /**
   * The kernel exp(-d^2 / (2 sigma^2)), without the pairs of a vector with itself.
   *
   * @param n how many vectors are in the first sample
   */
  KernelSums(double[][] squaredDistances, double sigma, int n) {
    this.n = n;
    values = new double[squaredDistances.length][squaredDistances.length];
    rows = new double[squaredDistances.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        values[i][j] = i == j ? 0 : Math.exp(-squaredDistances[i][j] / (2 * sigma * sigma));
        rows[i] += values[i][j];
      }
    }
    total = Arrays.stream(rows).sum();
  }

  /** The unbiased MMD^2 when the first n of this order are the first sample. */
  double discrepancy(int[] order) {
    double inside = 0;
    double rowsOfFirst = 0;
    for (int i = 0; i < n; i++) {
      rowsOfFirst += rows[order[i]];
      double[] row = values[order[i]];
      for (int j = 0; j < i; j++) {
        inside += 2 * row[order[j]];
      }
    }
    double between = rowsOfFirst - inside;
    double insideOfSecond = total - inside - 2 * between;
    double m = order.length - n;
    return inside / ((double) n * (n - 1)) + insideOfSecond / (m * (m - 1)) - 2 * between / (n * m);
  }
}
