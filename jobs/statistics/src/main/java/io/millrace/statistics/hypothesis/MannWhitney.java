package io.millrace.statistics.hypothesis;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The rank test of Mann and Whitney, also Wilcoxon's rank-sum test.
 *
 * @param statistic U of the first sample: the pairs in which its value is the larger one, and half
 *     of those in which both are equal
 * @param pValue of neither sample tending to larger values
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.mannwhitneyu.html">scipy
 *     .stats.mannwhitneyu</a>
 */
public record MannWhitney(double statistic, double pValue) {

  /** Up to this size of either sample p is exact, when no two values are equal: scipy's. */
  public static final int EXACT_UP_TO = 8;

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
  private static final double CONTINUITY = 0.5;

  /**
   * The test as {@code mannwhitneyu} has it by default: exact while a sample has at most {@value
   * #EXACT_UP_TO} values and no two are equal, else asymptotic with continuity correction.
   *
   * @param x at least one number
   * @param y at least one number
   */
  public static MannWhitney of(double[] x, double[] y, Alternative alternative) {
    requireNumbers(x, y);
    boolean small = x.length <= EXACT_UP_TO || y.length <= EXACT_UP_TO;
    return small && Ranks.of(x, y).tieTerm() == 0
        ? exact(x, y, alternative)
        : asymptotic(x, y, alternative, true);
  }

  /**
   * With the chance of a U that is at least as far out, over all orders of the values.
   *
   * @throws IllegalArgumentException when two values are equal
   */
  public static MannWhitney exact(double[] x, double[] y, Alternative alternative) {
    requireNumbers(x, y);
    if (Ranks.of(x, y).tieTerm() > 0) {
      throw new IllegalArgumentException(
          "Two values are equal; the exact test expects different ones");
    }
    var result =
        MannWhitneyUTest.withDefaults()
            .with(PValueMethod.EXACT)
            .with(hypothesis(alternative))
            .test(x, y);
    return new MannWhitney(result.getStatistic(), result.getPValue());
  }

  /**
   * With a normal distribution of U, its variance corrected for ties.
   *
   * @param continuity whether U is moved by 0.5 towards its mean
   * @return p NaN when all values are equal and there is no continuity correction
   */
  public static MannWhitney asymptotic(
      double[] x, double[] y, Alternative alternative, boolean continuity) {
    requireNumbers(x, y);
    double n1 = x.length;
    double n2 = y.length;
    double n = n1 + n2;
    Ranks ranks = Ranks.of(x, y);
    double u = ranks.sumOfFirst() - n1 * (n1 + 1) / 2;
    double further =
        switch (alternative) {
          case GREATER -> u;
          case LESS -> n1 * n2 - u;
          case TWO_SIDED -> Math.max(u, n1 * n2 - u);
        };
    double deviation = Math.sqrt(n1 * n2 / 12 * (n + 1 - ranks.tieTerm() / (n * (n - 1))));
    double z = (further - n1 * n2 / 2 - (continuity ? CONTINUITY : 0)) / deviation;
    double p = STANDARD.survivalProbability(z) * (alternative == Alternative.TWO_SIDED ? 2 : 1);
    return new MannWhitney(u, Math.min(1, p));
  }

  private static AlternativeHypothesis hypothesis(Alternative alternative) {
    return switch (alternative) {
      case TWO_SIDED -> AlternativeHypothesis.TWO_SIDED;
      case LESS -> AlternativeHypothesis.LESS_THAN;
      case GREATER -> AlternativeHypothesis.GREATER_THAN;
    };
  }

  private static void requireNumbers(double[] x, double[] y) {
    Samples.requireNumbers(x);
    Samples.requireNumbers(y);
  }
}
