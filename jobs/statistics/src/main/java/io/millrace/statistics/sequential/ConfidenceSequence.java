package io.millrace.statistics.sequential;

/**
 * A confidence interval that holds at all times together: the chance that it misses the truth at
 * any look, however many there are, is at most alpha. It is the boundary of a normal mixture.
 *
 * @param alpha 0 to 1, both ends together
 * @param minimumDetectableEffect the difference that it is tuned to find; above 0
 * @see <a href="https://arxiv.org/abs/1810.08240">Howard et al., Time-uniform, nonparametric,
 *     nonasymptotic confidence sequences</a>, two-sided normal mixture
 */
public record ConfidenceSequence(double alpha, double minimumDetectableEffect) {

  /** z(0.975) + z(0.8): the precision at which a fixed test would have a power of 80%. */
  private static final double POWER_QUANTILE = 2.8;

  public ConfidenceSequence {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("Expected an alpha between 0 and 1, found " + alpha);
    }
    if (!(minimumDetectableEffect > 0)) {
      throw new IllegalArgumentException(
          "Expected a minimum detectable effect above 0, found " + minimumDetectableEffect);
    }
  }

  /**
   * A sequence of which each end by itself misses with at most this chance. The mixture is
   * symmetric, and a truth that is missed is missed at one end: each has half of the two-sided
   * alpha.
   *
   * @param alpha of one end, above 0 and below 0.5
   */
  public static ConfidenceSequence eachEnd(double alpha, double minimumDetectableEffect) {
    return new ConfidenceSequence(2 * alpha, minimumDetectableEffect);
  }

  /** The chance that one end misses. */
  public double alphaOfAnEnd() {
    return alpha / 2;
  }

  /**
   * Half the width: sqrt((V + rho) ln((V + rho) / (rho alpha^2))) / V. Infinite when nothing is
   * known.
   *
   * @param precision V = 1 / Var(d)
   */
  public double radius(double precision) {
    if (precision == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return mixture().bound(precision, alpha) / precision;
  }

  /** The mixture that is narrowest where the effect is found: Vopt = (2.8 / effect)^2. */
  NormalMixture mixture() {
    return NormalMixture.twoSided(Math.pow(POWER_QUANTILE / minimumDetectableEffect, 2), alpha);
  }

  public double lower(Estimate estimate) {
    return estimate.difference() - radius(estimate.precision());
  }

  public double upper(Estimate estimate) {
    return estimate.difference() + radius(estimate.precision());
  }
}
