package io.millrace.statistics.window;

import io.millrace.statistics.profile.VectorReference;
import java.util.List;

/**
 * What is known of a vector on one side of a comparison.
 *
 * @param variance of each component, of the population
 * @param sample some of the vectors
 */
record VectorDistribution(long n, double[] mean, double[] variance, float[][] sample) {

  static VectorDistribution of(VectorReference reference) {
    return new VectorDistribution(
        reference.n(),
        array(reference.mean()),
        array(reference.variance()),
        reference.sample().toArray(float[][]::new));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
