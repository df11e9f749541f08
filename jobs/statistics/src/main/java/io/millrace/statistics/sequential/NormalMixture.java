package io.millrace.statistics.sequential;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The normal mixture of Robbins: how much evidence a sum of observations is, however often it is
 * looked at. With s the sum and v its intrinsic time (variance), the mixture is a supermartingale
 * of mean 1 at most, so that it ever reaches 1 / alpha with a chance of alpha at most.
 *
 * @param rho the mixture's precision; above 0
 * @param sides of 0 that evidence may lie on
 * @see <a href="https://arxiv.org/abs/1810.08240">Howard, Ramdas, McAuliffe, Sekhon: Time-uniform,
 *     nonparametric, nonasymptotic confidence sequences, propositions 4 and 5</a>; <a
 *     href="https://github.com/gostevehoward/confseq/blob/master/src/confseq/uniform_boundaries.h">confseq's
 *     uniform_boundaries.h</a>
 */
public record NormalMixture(double rho, Sides sides) {

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /** One side: evidence that the mean is above 0. Two: that it is not 0. */
  public enum Sides {
    ONE,
    TWO
  }

  public NormalMixture {
    if (!(rho > 0)) {
      throw new IllegalArgumentException("Expected a precision above 0, found " + rho);
    }
  }

  /**
   * The two-sided mixture whose bound is the narrowest at one time.
   *
   * @param vOpt that time; above 0
   * @param alphaOpt that bound's alpha; above 0 and below 1
   */
  public static NormalMixture twoSided(double vOpt, double alphaOpt) {
    return new NormalMixture(bestRho(vOpt, alphaOpt), Sides.TWO);
  }

  /**
   * The one-sided mixture whose bound is the narrowest at one time.
   *
   * @param vOpt that time; above 0
   * @param alphaOpt that bound's alpha; above 0 and below 0.5
   */
  public static NormalMixture oneSided(double vOpt, double alphaOpt) {
    return new NormalMixture(bestRho(vOpt, 2 * alphaOpt), Sides.ONE);
  }

  /** v / (2 ln(1 / alpha) + ln(1 + 2 ln(1 / alpha))): the best two-sided precision. */
  public static double bestRho(double vOpt, double alphaOpt) {
    if (!(alphaOpt > 0 && alphaOpt < 1)) {
      throw new IllegalArgumentException("Expected an alpha between 0 and 1, found " + alphaOpt);
    }
    double twice = 2 * Math.log(1 / alphaOpt);
    return vOpt / (twice + Math.log1p(twice));
  }

  /**
   * The mixture's logarithm: ln(rho / (v + rho)) / 2 + s^2 / (2 (v + rho)), and for one side ln 2
   * and ln Phi(s / sqrt(v + rho)) more.
   *
   * @param s the sum
   * @param v its variance; 0 or more
   */
  public double logMixture(double s, double v) {
    double sum = v + rho;
    double both = Math.log(rho / sum) / 2 + s * s / (2 * sum);
    return switch (sides) {
      case TWO -> both;
      case ONE -> both + Math.log(2) + Math.log(STANDARD.cumulativeProbability(s / Math.sqrt(sum)));
    };
  }

  /**
   * The sum at which the mixture reaches 1 / alpha. Two-sided it is sqrt((v + rho) ln((v + rho) /
   * (rho alpha^2))).
   *
   * @param v the sum's variance; 0 or more
   * @param alpha above 0 and below 1
   */
  public double bound(double v, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("Expected an alpha between 0 and 1, found " + alpha);
    }
    double sum = v + rho;
    double twoSided = Math.sqrt(sum * Math.log(sum / (rho * alpha * alpha)));
    return switch (sides) {
      case TWO -> twoSided;
      case ONE -> Bisection.find(s -> logMixture(s, v) - Math.log(1 / alpha), 0, twoSided);
    };
  }

  /**
   * The p that may be looked at at any time: 1 / the mixture, and 1 at most. The least of all looks
   * so far is one as well.
   *
   * @param s the sum
   * @param v its variance; 0 or more
   */
  public double alwaysValidP(double s, double v) {
    return Math.min(1, Math.exp(-logMixture(s, v)));
  }
}
