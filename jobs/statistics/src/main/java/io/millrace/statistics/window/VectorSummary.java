package io.millrace.statistics.window;

import io.millrace.statistics.profile.VectorMoments;
import io.millrace.statistics.profile.VectorReference;
import io.millrace.statistics.profile.VectorSample;

/** A vector feature of a window: moments of each component, and some of the vectors. */
final class VectorSummary {

  private final VectorMoments moments;
  private final VectorSample sample;

  VectorSummary(int components) {
    this(new VectorMoments(components), new VectorSample(VectorSample.WINDOW));
  }

  private VectorSummary(VectorMoments moments, VectorSample sample) {
    this.moments = moments;
    this.sample = sample;
  }

  static VectorSummary read(SummaryReader in) {
    long n = in.count();
    double[] mean = in.decimals();
    double[] m2 = in.decimals();
    VectorSample sample = new VectorSample(VectorSample.WINDOW);
    int drawn = in.size(Long.BYTES + mean.length * Float.BYTES);
    for (int i = 0; i < drawn; i++) {
      sample.add(new VectorSample.Drawn(in.number(), in.vector(mean.length)));
    }
    sample.seen(n);
    return new VectorSummary(new VectorMoments(n, mean, m2), sample);
  }

  void write(SummaryWriter out) {
    out.count(moments.n()).numbers(moments.mean()).numbers(moments.m2());
    var drawn = sample.drawn();
    out.count(drawn.size());
    drawn.forEach(each -> out.number(each.priority()).vector(each.vector()));
  }

  /** Adds a vector, unless it is of another length or not finite: that one is missing. */
  void add(float[] vector) {
    if (vector.length == moments.components() && VectorReference.isFinite(vector)) {
      moments.add(vector);
      sample.add(vector);
    }
  }

  /** Adds the vectors of another one, unless they are of another length: those are missing. */
  void merge(VectorSummary other) {
    if (other.moments.components() == moments.components()) {
      moments.merge(other.moments);
      sample.merge(other.sample);
    }
  }

  int components() {
    return moments.components();
  }

  long n() {
    return moments.n();
  }

  VectorDistribution distribution() {
    return new VectorDistribution(
        moments.n(), moments.mean(), moments.variance(), sample.vectors().toArray(float[][]::new));
  }
}
