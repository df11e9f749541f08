package io.millrace.inference.rollout;

import io.millrace.statistics.sequential.BinomialCounts;
import io.millrace.statistics.sequential.Estimate;

/** The same bad events of both versions. */
public record Comparison(BinomialCounts production, BinomialCounts candidate) {

  static final Comparison NONE = new Comparison(BinomialCounts.NONE, BinomialCounts.NONE);

  Comparison plus(Arm arm, boolean event) {
    return arm == Arm.PRODUCTION
        ? new Comparison(production.plus(event), candidate)
        : new Comparison(production, candidate.plus(event));
  }

  Comparison plus(Comparison other) {
    return new Comparison(production.plus(other.production), candidate.plus(other.candidate));
  }

  Estimate difference() {
    return Estimate.ofDifference(candidate, production);
  }

  /** Observations of the version that has fewer. */
  long fewest() {
    return Math.min(production.observations(), candidate.observations());
  }
}
