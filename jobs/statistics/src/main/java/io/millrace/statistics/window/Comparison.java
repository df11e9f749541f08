package io.millrace.statistics.window;

import io.millrace.statistics.profile.ScoreThreshold;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One feature of a window beside its reference, before all features of the window are judged.
 *
 * @param scores the decisive one first; empty when there is nothing to compare
 * @param pValue of both being samples of one distribution; null when there is nothing to test
 */
record Comparison(
    String feature,
    FeatureKind kind,
    long n,
    long referenceN,
    String method,
    List<DriftScore> scores,
    @Nullable Double pValue,
    List<DriftBin> bins,
    @Nullable NumericDescription referenceSummary,
    @Nullable NumericDescription summary) {

  /** A score in the convention of NannyML, of exact counts unless it says so. */
  static DriftScore nannyMl(
      String method, double value, Map<String, Double> thresholds, boolean approximate) {
    return new DriftScore(
        method,
        DriftConvention.NANNYML,
        value,
        threshold(method, thresholds),
        null,
        null,
        approximate);
  }

  /** Of the reference's chunks; where it had none, that for distances in general. */
  static double threshold(String method, Map<String, Double> thresholds) {
    return thresholds.getOrDefault(method, ScoreThreshold.WITHOUT_CHUNKS);
  }

  /** What a bin adds to the Jensen-Shannon divergence, base 2. */
  static double contribution(double p, double q) {
    double middle = (p + q) / 2;
    return (bits(p, middle) + bits(q, middle)) / 2;
  }

  private static double bits(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle) / Math.log(2);
  }
}
