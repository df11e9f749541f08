package io.millrace.statistics.sequential;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * A confidence interval of a share that holds at all times together, from the beta-binomial
 * mixture: all shares p for which the mixture stays below 1 / alpha.
 *
 * @param low 0 to 1
 * @param high 0 to 1
 * @see <a
 *     href="https://github.com/gostevehoward/confseq/blob/master/src/confseq/uniform_boundaries.h">confseq's
 *     bernoulli_confidence_interval</a>; <a href="https://arxiv.org/abs/1810.08240">Howard et
 *     al.</a>, proposition 7
 */
public record BernoulliInterval(double low, double high) {

  private static final double ALPHA_OPT = 0.05;
  private static final double SMALLEST_PRECISION = 1e-3;

  /**
   * Of what was counted so far.
   *
   * @param counts at least one observation
   * @param alpha the chance that the share is ever missed; above 0 and below 1
   * @param tOpt the number of observations at which the interval is the narrowest; above 0
   */
  public static BernoulliInterval of(BinomialCounts counts, double alpha, double tOpt) {
    if (counts.observations() < 1) {
      throw new IllegalArgumentException("Expected at least one observation, found none");
    }
    if (!(alpha > 0 && alpha < 1 && tOpt > 0)) {
      throw new IllegalArgumentException(
          "Expected an alpha between 0 and 1 and a time above 0, found %s and %s"
              .formatted(alpha, tOpt));
    }
    double share = counts.share();
    double threshold = Math.log(1 / alpha);
    DoubleUnaryOperator excess = p -> logMixture(counts, p, tOpt) - threshold;
    return new BernoulliInterval(
        share == 0 ? 0 : Bisection.find(withEnds(excess, 1, -1), 0, share),
        share == 1 ? 1 : Bisection.find(withEnds(excess, -1, 1), share, 1));
  }

  /**
   * The mixture has no value at 0 and 1; one of them is out, the other perhaps the share itself.
   */
  private static DoubleUnaryOperator withEnds(DoubleUnaryOperator excess, double at0, double at1) {
    return p -> p <= 0 ? at0 : p >= 1 ? at1 : excess.applyAsDouble(p);
  }

  private static double logMixture(BinomialCounts counts, double p, double tOpt) {
    double q = 1 - p;
    double rho = NormalMixture.bestRho(p * q * tOpt, ALPHA_OPT);
    double r = Math.max(rho - p * q, SMALLEST_PRECISION * p * q);
    double events = counts.events();
    double others = counts.observations() - counts.events();
    return LogBeta.value(r / p + others, r / q + events)
        - LogBeta.value(r / p, r / q)
        - events * Math.log(p)
        - others * Math.log(q);
  }
}
