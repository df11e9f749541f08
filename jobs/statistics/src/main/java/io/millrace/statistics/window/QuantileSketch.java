package io.millrace.statistics.window;

import io.millrace.statistics.profile.WeightedSample;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The quantiles of a number: a KLL sketch of {@value #K}. Up to {@value #K} values it keeps them
 * all; of more, a cumulative share is off by {@link #rankError} at most in 99 of 100 cases. What it
 * keeps depends on chance.
 *
 * @see <a href="https://datasketches.apache.org/docs/KLL/KLLSketch.html">DataSketches: KLL
 *     Sketch</a>; Karnin, Lang, Liberty (2016), arXiv 1603.05346
 */
final class QuantileSketch {

  static final int K = 800;

  private final KllDoublesSketch sketch;

  QuantileSketch() {
    this(KllDoublesSketch.newHeapInstance(K));
  }

  private QuantileSketch(KllDoublesSketch sketch) {
    this.sketch = sketch;
  }

  static QuantileSketch read(SummaryReader in) {
    byte[] bytes = in.bytes();
    try {
      return new QuantileSketch(KllDoublesSketch.heapify(Memory.wrap(bytes)));
    } catch (RuntimeException e) {
      throw in.damaged("a sketch of " + bytes.length + " bytes: " + e.getMessage());
    }
  }

  void write(SummaryWriter out) {
    out.bytes(sketch.toByteArray());
  }

  void add(double value) {
    // Adding 0 makes 0 of -0, so that both are one value.
    sketch.update(value + 0.0);
  }

  void merge(QuantileSketch other) {
    sketch.merge(other.sketch);
  }

  /** 0 while all values are kept. */
  double rankError() {
    return sketch.isEstimationMode() ? sketch.getNormalizedRankError(false) : 0;
  }

  /** What it keeps; null without values. */
  @Nullable WeightedSample sample() {
    if (sketch.isEmpty()) {
      return null;
    }
    var view = sketch.getSortedView();
    double[] values = view.getQuantiles();
    long[] cumulative = view.getCumulativeWeights();
    SortedMap<Double, Double> weights = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      double weight = cumulative[i] - (i == 0 ? 0.0 : cumulative[i - 1]);
      // The view holds the extremes too when they were not kept, without a weight.
      if (weight > 0) {
        weights.merge(values[i], weight, Double::sum);
      }
    }
    return WeightedSample.of(weights, rankError());
  }
}
