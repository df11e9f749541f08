package io.millrace.statistics.profile;

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
          "A vector's reference has %d means, %d variances and sample vectors of other lengths, expected one length"
              .formatted(components, variance.size()));
    }
  }

  /** Of a sample; vectors with a component that is NaN or infinite are left out. */
  static VectorReference of(List<float[]> vectors) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException("Of vectors: " + vectors.size());
    }
    return new VectorReference(0, List.of(0.0), List.of(0.0), List.of(), new TreeMap<>());
  }
}
