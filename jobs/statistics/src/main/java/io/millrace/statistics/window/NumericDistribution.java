package io.millrace.statistics.window;

import io.millrace.statistics.profile.BinEdges;
import io.millrace.statistics.profile.Moments;
import io.millrace.statistics.profile.NumericReference;
import io.millrace.statistics.profile.WeightedSample;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a number on one side of a comparison.
 *
 * @param bins null when it was not counted in any
 * @param counts of the bins; empty without
 * @param moments null when only the counts are known
 * @param sample null when only the counts are known, or without values
 */
record NumericDistribution(
    long n,
    @Nullable BinEdges bins,
    long[] counts,
    @Nullable Moments moments,
    @Nullable WeightedSample sample) {

  static NumericDistribution of(NumericReference reference) {
    return new NumericDistribution(
        reference.n(),
        reference.bins(),
        reference.counts(),
        reference.moments(),
        reference.sample());
  }

  /** In a few figures; null when only the counts are known, or without values. */
  @Nullable NumericDescription describe() {
    if (moments == null || sample == null) {
      return null;
    }
    return new NumericDescription(
        moments.mean(),
        moments.deviation(),
        moments.min(),
        sample.quantile(0.05),
        sample.quantile(0.25),
        sample.quantile(0.5),
        sample.quantile(0.75),
        sample.quantile(0.95),
        moments.max());
  }
}
