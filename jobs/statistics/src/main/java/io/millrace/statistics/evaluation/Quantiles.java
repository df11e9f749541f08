package io.millrace.statistics.evaluation;

import java.util.Arrays;

/**
 * Quantiles of a sample, linear between the order statistics, as {@code numpy.quantile} has them by
 * default (type 7 of Hyndman and Fan, 1996).
 */
public final class Quantiles {

  private final double[] sorted;

  /** A copy of the sample is kept. */
  public Quantiles(double[] sample) {
    sorted = sample.clone();
    Arrays.sort(sorted);
  }

  /**
   * One quantile.
   *
   * @param share 0 to 1
   * @return NaN for an empty sample
   */
  public double at(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A quantile of " + share + ", expected 0 to 1");
    }
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
