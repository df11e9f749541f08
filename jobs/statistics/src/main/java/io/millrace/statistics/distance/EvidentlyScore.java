package io.millrace.statistics.distance;

import java.util.OptionalDouble;

/**
 * What one of evidently's tests says of a feature.
 *
 * @param score a distance, or a p-value
 * @param threshold that the score was compared with
 * @param drift whether it is on the wrong side of the threshold
 */
public record EvidentlyScore(EvidentlyTest test, double score, double threshold, boolean drift) {

  static EvidentlyScore of(EvidentlyTest test, double score) {
    double threshold = test.defaultThreshold();
    return new EvidentlyScore(test, score, threshold, test.isDrift(score, threshold));
  }

  /** The p-value, when the test has one. */
  public OptionalDouble pValue() {
    return test.isPValue() ? OptionalDouble.of(score) : OptionalDouble.empty();
  }
}
