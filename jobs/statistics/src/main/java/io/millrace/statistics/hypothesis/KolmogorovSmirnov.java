package io.millrace.statistics.hypothesis;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sample, two-sided test of Kolmogorov and Smirnov.
 *
 * @param statistic D, the largest difference of the cumulative shares: 0 to 1
 * @param pValue of both samples coming from one continuous distribution
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ks_2samp.html">scipy
 *     .stats.ks_2samp</a>
 */
public record KolmogorovSmirnov(double statistic, double pValue) {

  private static final KolmogorovSmirnovTest TEST =
      KolmogorovSmirnovTest.withDefaults().with(AlternativeHypothesis.TWO_SIDED);

  /** Up to this size of both samples p is exact, as scipy's {@code auto} has it. */
  public static final int EXACT_UP_TO = 10_000;

  /**
   * The test as {@code ks_2samp} has it by default: exact while neither sample has more than
   * {@value #EXACT_UP_TO} values, else asymptotic.
   *
   * @param x at least one finite number
   * @param y at least one finite number
   */
  public static KolmogorovSmirnov of(double[] x, double[] y) {
    return Math.max(x.length, y.length) <= EXACT_UP_TO ? exact(x, y) : asymptotic(x, y);
  }

  /** With the chance that D is at least as large, over all orders of the values. */
  public static KolmogorovSmirnov exact(double[] x, double[] y) {
    return test(x, y, PValueMethod.EXACT);
  }

  /** With the distribution of the one-sample D of round(n m / (n + m)) values. */
  public static KolmogorovSmirnov asymptotic(double[] x, double[] y) {
    return test(x, y, PValueMethod.ASYMPTOTIC);
  }

  /**
   * The conservative test of a D that was read from sketches, each of which may be off: p = 2
   * exp(-2 e^2 n1 n2 / (n1 + n2)) with e = D - e1 - e2, and 1 at most. So p is below alpha exactly
   * when e > sqrt(-ln(alpha / 2) / 2) sqrt((n1 + n2) / (n1 n2)). The first term of Kolmogorov's
   * alternating series is above the whole of it.
   *
   * @param delta D of the sketches' cumulative shares
   * @param n1 values behind the first sketch, at least 1
   * @param n2 values behind the second sketch, at least 1
   * @param e1 by how much the first sketch's cumulative shares may be off: its normalised rank
   *     error; 0 when exact
   * @param e2 of the second sketch
   * @see <a
   *     href="https://en.wikipedia.org/wiki/Kolmogorov%E2%80%93Smirnov_test#Two-sample_Kolmogorov%E2%80%93Smirnov_test">the
   *     two-sample test's critical values</a>
   */
  public static KolmogorovSmirnov ofDelta(double delta, long n1, long n2, double e1, double e2) {
    if (n1 < 1 || n2 < 1) {
      throw new IllegalArgumentException(
          "Expected at least one value a sample, found %d and %d".formatted(n1, n2));
    }
    double certain = Math.max(0, delta - e1 - e2);
    double size = (double) n1 * n2 / ((double) n1 + n2);
    return new KolmogorovSmirnov(delta, Math.min(1, 2 * Math.exp(-2 * certain * certain * size)));
  }

  /** D alone, which takes no more than sorting. */
  public static double statistic(double[] x, double[] y) {
    Samples.requireNumbers(x);
    Samples.requireNumbers(y);
    if (x.length == 1 || y.length == 1) {
      return OneValue.of(x, y).statistic();
    }
    return TEST.statistic(x, y);
  }

  /** Whether p is below this chance of a false alarm. */
  public boolean rejects(double alpha) {
    return pValue < alpha;
  }

  private static KolmogorovSmirnov test(double[] x, double[] y, PValueMethod method) {
    Samples.requireNumbers(x);
    Samples.requireNumbers(y);
    if (x.length == 1 || y.length == 1) {
      OneValue one = OneValue.of(x, y);
      boolean exact = method == PValueMethod.EXACT;
      return new KolmogorovSmirnov(one.statistic(), exact ? one.exactP() : one.asymptoticP());
    }
    var result = TEST.with(method).test(x, y);
    return new KolmogorovSmirnov(result.getStatistic(), result.getPValue());
  }
}
