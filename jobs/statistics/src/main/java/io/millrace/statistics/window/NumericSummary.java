package io.millrace.statistics.window;

import io.millrace.statistics.profile.BinEdges;
import io.millrace.statistics.profile.Moments;
import org.jspecify.annotations.Nullable;

/**
 * A numeric feature of a window: counts in the reference's bins, moments and quantiles.
 *
 * <p>Of two summaries with different bins, as when one had no profile to go by, the merged one has
 * none: its distances then come from the sketch.
 */
final class NumericSummary {

  private static final double[] NO_EDGES = {};

  private @Nullable BinEdges bins;
  private long[] counts;
  private Moments moments = Moments.NONE;
  private final QuantileSketch sketch;

  NumericSummary(@Nullable BinEdges bins) {
    this(bins, new long[bins == null ? 0 : bins.size()], new QuantileSketch());
  }

  private NumericSummary(@Nullable BinEdges bins, long[] counts, QuantileSketch sketch) {
    this.bins = bins;
    this.counts = counts;
    this.sketch = sketch;
  }

  static NumericSummary read(SummaryReader in) {
    double[] edges = in.decimals();
    BinEdges bins = edges.length == 0 ? null : new BinEdges(edges);
    long[] counts = in.counts();
    if (counts.length != (bins == null ? 0 : bins.size())) {
      throw in.damaged("%d counts of %d edges".formatted(counts.length, edges.length));
    }
    Moments moments =
        new Moments(
            in.count(), in.decimal(), in.decimal(), in.decimal(), in.decimal(), in.decimal());
    NumericSummary read = new NumericSummary(bins, counts, QuantileSketch.read(in));
    read.moments = moments;
    return read;
  }

  void write(SummaryWriter out) {
    out.numbers(bins == null ? NO_EDGES : bins.edges()).counts(counts).count(moments.n());
    out.number(moments.mean()).number(moments.m2()).number(moments.m3());
    out.number(moments.min()).number(moments.max());
    sketch.write(out);
  }

  /** Adds a finite number. */
  void add(double value) {
    if (bins != null) {
      counts[bins.of(value)]++;
    }
    moments = moments.plus(value);
    sketch.add(value);
  }

  void merge(NumericSummary other) {
    if (other.moments.n() == 0) {
      return;
    }
    if (moments.n() == 0) {
      bins = other.bins;
      counts = other.counts.clone();
    } else if (bins != null && bins.equals(other.bins)) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
    } else {
      bins = null;
      counts = new long[0];
    }
    moments = moments.plus(other.moments);
    sketch.merge(other.sketch);
  }

  long n() {
    return moments.n();
  }

  NumericDistribution distribution() {
    return new NumericDistribution(moments.n(), bins, counts.clone(), moments, sketch.sample());
  }
}
