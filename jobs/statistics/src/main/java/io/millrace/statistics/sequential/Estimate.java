package io.millrace.statistics.sequential;

import java.util.List;

/**
 * A difference of shares and how well it is known.
 *
 * @param difference 0 when nothing is known
 * @param precision 1 / Var(difference), V in the formulas; 0 when nothing is known
 */
public record Estimate(double difference, double precision) {

  private static final Estimate UNKNOWN = new Estimate(0, 0);

  /** How much larger the candidate's share is. Unknown while either has no observations. */
  public static Estimate ofDifference(BinomialCounts candidate, BinomialCounts production) {
    if (candidate.observations() == 0 || production.observations() == 0) {
      return UNKNOWN;
    }
    return new Estimate(
        candidate.share() - production.share(), 1 / (candidate.variance() + production.variance()));
  }

  /** How far a share lies above a limit. Unknown without observations. */
  public static Estimate ofShareAbove(BinomialCounts counts, double limit) {
    return counts.observations() == 0
        ? UNKNOWN
        : new Estimate(counts.share() - limit, 1 / counts.variance());
  }

  /**
   * One estimate of several strata, weighted by their precision: d = sum V_k d_k / sum V_k, V = sum
   * V_k. Each difference is taken inside a stratum, so that strata may have other proportions of
   * the two versions, and other shares, without the one being mistaken for the other.
   */
  public static Estimate ofStrata(List<Estimate> strata) {
    double precision = 0;
    double weighted = 0;
    for (Estimate stratum : strata) {
      precision += stratum.precision;
      weighted += stratum.precision * stratum.difference;
    }
    return precision == 0 ? UNKNOWN : new Estimate(weighted / precision, precision);
  }

  /** Whether there is anything to estimate from. */
  public boolean isKnown() {
    return precision > 0;
  }
}
