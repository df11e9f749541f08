package io.millrace.statistics.hypothesis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's chi-square tests of counts.
 *
 * @param statistic sum (observed - expected)^2 / expected; infinite where something was observed
 *     that was not expected at all
 * @param degreesOfFreedom 0 when there is nothing to differ in
 * @param pValue of the observed counts coming from the expected shares
 */
public record ChiSquare(double statistic, int degreesOfFreedom, double pValue) {

  /** How far the sums of observed and expected counts may be apart, relative: scipy's. */
  private static final double SUM_TOLERANCE = 1e-8;

  /**
   * Goodness of fit, with one degree of freedom fewer than categories, as {@code
   * scipy.stats.chisquare} has it.
   *
   * @param observed counts, at least one
   * @param expected counts of the same categories and of the same sum; an expected 0 that was
   *     observed gives an infinite statistic and a p of 0
   * @return p NaN for one category alone, which has no degree of freedom
   * @throws IllegalArgumentException when the sums differ by more than 1e-8 of the smaller
   * @see <a
   *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.chisquare.html">scipy
   *     .stats.chisquare</a>
   */
  public static ChiSquare goodnessOfFit(double[] observed, double[] expected) {
    if (observed.length == 0 || observed.length != expected.length) {
      throw new IllegalArgumentException(
          "Expected counts of the same categories, found %d observed and %d expected"
              .formatted(observed.length, expected.length));
    }
    double sum = Arrays.stream(observed).sum();
    double expectedSum = Arrays.stream(expected).sum();
    if (!(Math.abs(sum - expectedSum) <= SUM_TOLERANCE * Math.min(sum, expectedSum))) {
      throw new IllegalArgumentException(
          "Expected observed and expected counts of the same sum, found %s and %s"
              .formatted(sum, expectedSum));
    }
    double statistic = 0;
    for (int i = 0; i < observed.length; i++) {
      double difference = observed[i] - expected[i];
      statistic += difference * difference / expected[i];
    }
    int degrees = observed.length - 1;
    return new ChiSquare(
        statistic, degrees, degrees == 0 ? Double.NaN : survival(statistic, degrees));
  }

  /**
   * Whether two samples of categories come from one distribution, as evidently has it: the current
   * counts against the reference's, scaled to the current sample's size. A category that the
   * reference has not gives a p of 0.
   *
   * @param reference counts, not all 0
   * @param current counts of the same categories, not all 0
   * @see <a
   *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/chisquare_stattest.py">evidently's
   *     chisquare_stattest.py</a>
   */
  public static ChiSquare ofReference(long[] reference, long[] current) {
    double scale = (double) Arrays.stream(current).sum() / Arrays.stream(reference).sum();
    return goodnessOfFit(
        Arrays.stream(current).asDoubleStream().toArray(),
        Arrays.stream(reference).mapToDouble(count -> count * scale).toArray());
  }

  /**
   * Independence of rows and columns, with Yates' correction when there is one degree of freedom,
   * as {@code scipy.stats.chi2_contingency} has it by default.
   *
   * @param table rows of the same length; every row and every column has a count above 0
   * @return a statistic of 0 and a p of 1 for one row or one column alone
   * @see <a
   *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.chi2_contingency.html">scipy
   *     .stats.chi2_contingency</a>
   */
  public static ChiSquare contingency(long[][] table) {
    ContingencyTable counts = new ContingencyTable(table);
    int degrees = counts.degreesOfFreedom();
    if (degrees == 0) {
      return new ChiSquare(0, 0, 1);
    }
    double statistic = counts.statistic(degrees == 1);
    return new ChiSquare(statistic, degrees, survival(statistic, degrees));
  }

  private static double survival(double statistic, int degrees) {
    return ChiSquaredDistribution.of(degrees).survivalProbability(statistic);
  }
}
