package io.millrace.statistics.profile;

import io.millrace.statistics.distance.Mmd;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a vector feature, such as an embedding, lay.
 *
 * @param n how many vectors
 * @param mean of each component
 * @param variance of each component, of the population
 * @param sample at most {@value #SAMPLE} of the vectors, drawn without replacement; not to be
 *     changed
 * @param thresholds by method, of those in {@link DriftMethods}; at and above one a score is a
 *     drift
 */
public record VectorReference(
    long n,
    List<Double> mean,
    List<Double> variance,
    List<float[]> sample,
    SortedMap<String, Double> thresholds) {

  /** How many vectors of the reference are kept for the kernel test. */
  public static final int SAMPLE = 200;

  public VectorReference {
    mean = List.copyOf(mean);
    variance = List.copyOf(variance);
    sample = List.copyOf(sample);
    thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
    int components = mean.size();
    if (components == 0
        || variance.size() != components
        || sample.stream().anyMatch(vector -> vector.length != components)) {
      throw new IllegalArgumentException(
          "A vector's reference has %d means, %d variances and sample vectors that may differ, expected one length"
              .formatted(components, variance.size()));
    }
  }

  /**
   * Of a sample; vectors with a component that is NaN or infinite are left out.
   *
   * @param vectors of one length, at least one of them finite
   */
  public static VectorReference of(List<float[]> vectors) {
    List<float[]> finite = vectors.stream().filter(VectorReference::isFinite).toList();
    if (finite.isEmpty()) {
      throw new IllegalArgumentException(
          "None of %d vectors is finite, expected at least one".formatted(vectors.size()));
    }
    int components = finite.get(0).length;
    VectorMoments moments = new VectorMoments(components);
    VectorSample sample = new VectorSample(SAMPLE);
    for (float[] vector : finite) {
      if (vector.length != components) {
        throw new IllegalArgumentException(
            "A feature has vectors of %d and of %d components, expected one length"
                .formatted(components, vector.length));
      }
      moments.add(vector);
      sample.add(vector);
    }
    return new VectorReference(
        moments.n(),
        Arrays.stream(moments.mean()).boxed().toList(),
        Arrays.stream(moments.variance()).boxed().toList(),
        sample.vectors(),
        thresholds(finite, moments, sample.vectors()));
  }

  /** Whether all components are numbers. */
  public static boolean isFinite(float[] vector) {
    for (float component : vector) {
      if (!Float.isFinite(component)) {
        return false;
      }
    }
    return true;
  }

  private static SortedMap<String, Double> thresholds(
      List<float[]> vectors, VectorMoments whole, List<float[]> sample) {
    List<int[]> chunks = Chunks.of(vectors.size());
    double[] distances = new double[chunks.size()];
    double[] discrepancies = new double[chunks.size()];
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      VectorMoments moments = new VectorMoments(whole.components());
      VectorSample drawn = new VectorSample(VectorSample.WINDOW);
      for (int row : chunks.get(chunk)) {
        moments.add(vectors.get(row));
        drawn.add(vectors.get(row));
      }
      distances[chunk] = VectorMoments.meanDistance(whole.mean(), whole.variance(), moments.mean());
      discrepancies[chunk] =
          sample.size() < 2 ? 0 : Mmd.unbiased(array(drawn.vectors()), array(sample));
    }
    SortedMap<String, Double> thresholds = new TreeMap<>();
    thresholds.put(
        DriftMethods.MEAN_DISTANCE, ScoreThreshold.of(distances, ScoreThreshold.SMALLEST_EFFECT));
    thresholds.put(
        DriftMethods.MMD, ScoreThreshold.of(discrepancies, ScoreThreshold.SMALLEST_DISCREPANCY));
    return thresholds;
  }

  private static float[][] array(List<float[]> vectors) {
    return vectors.toArray(float[][]::new);
  }
}
