package io.millrace.statistics.hypothesis;

import java.util.Arrays;

/**
 * The Kolmogorov-Smirnov test of one value against a sample, which commons-statistics does not
 * have.
 *
 * @param furthest the larger of the two counts of values below and above
 * @param n values in the sample
 */
record OneValue(long furthest, long n) {

  /** One of both has one value. */
  static OneValue of(double[] x, double[] y) {
    double value = x.length == 1 ? x[0] : y[0];
    double[] sample = x.length == 1 ? y : x;
    long below = Arrays.stream(sample).filter(other -> other < value).count();
    long above = Arrays.stream(sample).filter(other -> other > value).count();
    return new OneValue(Math.max(below, above), sample.length);
  }

  double statistic() {
    return (double) furthest / n;
  }

  /** Every number of values below, 0 to n, is as likely. */
  double exactP() {
    return Math.min(1, 2.0 * (n - furthest + 1) / (n + 1));
  }

  /** D of one uniform u is max(u, 1 - u); round(n / (n + 1)) is 0 for n = 1, which has none. */
  double asymptoticP() {
    return n == 1 ? Double.NaN : Math.min(1, 2 * (1 - statistic()));
  }
}
