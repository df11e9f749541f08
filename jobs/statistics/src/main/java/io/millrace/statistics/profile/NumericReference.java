package io.millrace.statistics.profile;

import io.millrace.statistics.Histogram;
import io.millrace.statistics.HistogramEdges;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a numeric feature.
 *
 * @param histogram in Doane's bins, whose edges are kept for the windows
 * @param moments of all values; null in a profile of format version 1
 * @param sample the values or their quantiles; null in a profile of format version 1, or without
 *     values
 * @param thresholds by method, of those in {@link DriftMethods}; at and above one a score is a
 *     drift. Empty in a profile of format version 1
 */
public record NumericReference(
    Histogram histogram,
    @Nullable Moments moments,
    @Nullable WeightedSample sample,
    SortedMap<String, Double> thresholds) {

  public NumericReference {
    thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
  }

  /** Of a sample; values that are NaN or infinite are left out. */
  public static NumericReference of(double[] sample) {
    double[] values = Arrays.stream(sample).filter(Double::isFinite).toArray();
    Histogram histogram = Histogram.of(HistogramEdges.doane(values), values);
    NumericReference reference =
        new NumericReference(
            histogram, Moments.of(values), WeightedSample.of(values), new TreeMap<>());
    return new NumericReference(
        histogram,
        reference.moments(),
        reference.sample(),
        NumericThresholds.of(values, reference.bins()));
  }

  /** All values counted. */
  public long n() {
    return histogram.n();
  }

  /** The histogram's, to count windows with. */
  public BinEdges bins() {
    return new BinEdges(histogram.edges().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Of the {@link #bins}; none lie outside. */
  public long[] counts() {
    long[] counts = new long[histogram.counts().size() + 2];
    for (int i = 0; i < histogram.counts().size(); i++) {
      counts[i] = histogram.counts().get(i);
    }
    return counts;
  }
}
