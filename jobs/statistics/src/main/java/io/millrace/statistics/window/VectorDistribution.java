package io.millrace.statistics.window;

import io.millrace.statistics.profile.VectorMoments;
import io.millrace.statistics.profile.VectorReference;
import java.util.List;

/**
 * What is known of a vector on one side of a comparison.
 *
 * @param moments not to be changed
 * @param sample some of the vectors
 */
record VectorDistribution(VectorMoments moments, List<float[]> sample) {

  static final VectorDistribution NONE = new VectorDistribution(new VectorMoments(1), List.of());

  static VectorDistribution of(VectorReference reference) {
    double[] mean = array(reference.mean());
    double[] spreads = array(reference.variance());
    for (int i = 0; i < spreads.length; i++) {
      spreads[i] *= reference.n();
    }
    return new VectorDistribution(
        new VectorMoments(reference.n(), mean, spreads), reference.sample());
  }

  long n() {
    return moments.n();
  }

  /** The sample as the tests want it. */
  float[][] vectors() {
    return sample.toArray(float[][]::new);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
