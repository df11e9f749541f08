package io.millrace.statistics.distance;

import io.millrace.statistics.Bins;
import io.millrace.statistics.HistogramEdges;
import java.util.Arrays;

/**
 * NannyML's continuous methods, fitted to a reference: bins by Doane's rule on the reference alone;
 * what falls outside, infinities too, is one more bin of which the reference has no share. NaN is
 * dropped.
 *
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">nannyml/drift/univariate/methods.py</a>
 */
public final class NannyMlNumbers {

  private final double[] edges;
  private final double[] referenceShares;
  private final NannyMlDistribution distribution;

  /**
   * Fits a reference.
   *
   * @param reference at least one number; finite or NaN
   */
  public NannyMlNumbers(double[] reference) {
    double[] values = numbers(reference);
    if (values.length == 0) {
      throw new IllegalArgumentException("The reference has no number, expected at least one");
    }
    edges = HistogramEdges.doane(values);
    referenceShares = Shares.of(Bins.count(edges, values));
    distribution = NannyMlDistribution.of(values);
  }

  /** The bins' edges, ascending. */
  public double[] edges() {
    return edges.clone();
  }

  /** The Jensen-Shannon distance, base 2: 0 to 1; NaN without numbers. */
  public double jensenShannon(double[] current) {
    return JensenShannon.distance(referenceShares, shares(current), LogBase.TWO);
  }

  /** The Hellinger distance: 0 to 1; NaN without numbers. */
  public double hellinger(double[] current) {
    return Hellinger.distance(referenceShares, shares(current));
  }

  /**
   * The Kolmogorov-Smirnov statistic: 0 to 1; NaN without numbers. Exact for a reference of fewer
   * than 10,000 numbers, else at the edges of 10,000 bins.
   */
  public double kolmogorovSmirnov(double[] current) {
    double[] values = numbers(current);
    return values.length == 0 ? Double.NaN : distribution.kolmogorovSmirnov(values);
  }

  /**
   * The Wasserstein distance, in the feature's unit; NaN without numbers. Exact for a reference of
   * fewer than 10,000 numbers, else by 10,000 bins.
   */
  public double wasserstein(double[] current) {
    double[] values = numbers(current);
    return values.length == 0 ? Double.NaN : distribution.wasserstein(values);
  }

  private double[] shares(double[] current) {
    return Shares.of(Bins.count(edges, numbers(current)));
  }

  private static double[] numbers(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }
}
