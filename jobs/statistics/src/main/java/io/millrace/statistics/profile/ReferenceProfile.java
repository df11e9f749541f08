package io.millrace.statistics.profile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model's inputs and answers looked like when it was trained: what later windows are
 * compared with.
 *
 * @param numbers of each numeric feature
 * @param categories of each categorical feature
 * @param vectors of each vector feature
 * @param calibration of the confidences; null for what is no classifier, or was not calibrated
 * @param baselineAccuracy share of right answers on held-out rows; null when it is not known
 */
public record ReferenceProfile(
    SortedMap<String, NumericReference> numbers,
    SortedMap<String, CategoricalReference> categories,
    SortedMap<String, VectorReference> vectors,
    @Nullable ConfidenceCalibration calibration,
    @Nullable Double baselineAccuracy) {

  public ReferenceProfile {
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
  }

  /**
   * A profile of samples. Values that are NaN or infinite count as missing, as do vectors with such
   * a component. The same samples give the same profile.
   */
  public static ReferenceProfile of(
      Map<String, double[]> numbers,
      Map<String, ? extends List<String>> categories,
      Map<String, ? extends List<float[]>> vectors) {
    SortedMap<String, NumericReference> numeric = new TreeMap<>();
    numbers.forEach((feature, values) -> numeric.put(feature, NumericReference.of(values)));
    SortedMap<String, CategoricalReference> categorical = new TreeMap<>();
    categories.forEach(
        (feature, values) -> categorical.put(feature, CategoricalReference.of(values)));
    SortedMap<String, VectorReference> vector = new TreeMap<>();
    vectors.forEach((feature, values) -> vector.put(feature, VectorReference.of(values)));
    return new ReferenceProfile(numeric, categorical, vector, null, null);
  }

  /** The same with the calibration of its confidences and the accuracy on held-out rows. */
  public ReferenceProfile calibrated(ConfidenceCalibration calibration, double baselineAccuracy) {
    return new ReferenceProfile(numbers, categories, vectors, calibration, baselineAccuracy);
  }
}
