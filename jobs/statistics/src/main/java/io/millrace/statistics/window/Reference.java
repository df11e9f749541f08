package io.millrace.statistics.window;

import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.profile.ScoreThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/** What a window is compared with. */
public final class Reference {

  /** Windows with fewer observations say too little of how far apart windows are. */
  private static final long LEAST_OBSERVATIONS = DriftRule.DEFAULT.leastObservations();

  private static final int LEAST_WINDOWS = 3;

  private final ReferenceSource source;
  private final SortedMap<String, Side<NumericDistribution>> numbers = new TreeMap<>();
  private final SortedMap<String, Side<CategoricalDistribution>> categories = new TreeMap<>();
  private final SortedMap<String, Side<VectorDistribution>> vectors = new TreeMap<>();

  private Reference(ReferenceSource source) {
    this.source = source;
  }

  /**
   * A feature's distribution and thresholds.
   *
   * @param thresholds by method; empty when there are none
   */
  record Side<T>(T distribution, Map<String, Double> thresholds) {}

  /** What the version's package says. */
  public static Reference ofPackage(ReferenceProfile profile) {
    Reference reference = new Reference(ReferenceSource.PACKAGE);
    profile
        .numbers()
        .forEach(
            (feature, known) ->
                reference.numbers.put(
                    feature, new Side<>(NumericDistribution.of(known), known.thresholds())));
    profile
        .categories()
        .forEach(
            (feature, known) ->
                reference.categories.put(
                    feature, new Side<>(CategoricalDistribution.of(known), known.thresholds())));
    profile
        .vectors()
        .forEach(
            (feature, known) ->
                reference.vectors.put(
                    feature, new Side<>(VectorDistribution.of(known), known.thresholds())));
    return reference;
  }

  /**
   * Earlier windows of the same version, taken together. Thresholds come from the distances of each
   * window from all of them, when at least three have enough observations for a verdict.
   *
   * @param windows may be of different lengths; they stay as they are
   */
  public static Reference ofTrailing(List<FeatureSummaries> windows) {
    FeatureSummaries all = FeatureSummaries.of(null);
    windows.forEach(all::merge);
    Reference reference = new Reference(ReferenceSource.TRAILING);
    put(
        reference.numbers,
        all.numbers(),
        windows.stream().map(FeatureSummaries::numbers).toList(),
        NumericDistribution::n,
        NumericComparison::chunkScores);
    put(
        reference.categories,
        all.categories(),
        windows.stream().map(FeatureSummaries::categories).toList(),
        CategoricalDistribution::n,
        CategoricalComparison::chunkScores);
    put(
        reference.vectors,
        all.vectors(),
        windows.stream().map(FeatureSummaries::vectors).toList(),
        VectorDistribution::n,
        VectorComparison::chunkScores);
    return reference;
  }

  public ReferenceSource source() {
    return source;
  }

  SortedMap<String, Side<NumericDistribution>> numbers() {
    return numbers;
  }

  SortedMap<String, Side<CategoricalDistribution>> categories() {
    return categories;
  }

  SortedMap<String, Side<VectorDistribution>> vectors() {
    return vectors;
  }

  private static <T> void put(
      Map<String, Side<T>> sides,
      Map<String, T> all,
      List<SortedMap<String, T>> windows,
      ToLongFunction<T> n,
      BiFunction<T, T, SortedMap<String, Double>> scores) {
    all.forEach(
        (feature, distribution) -> {
          List<SortedMap<String, Double>> chunks = new ArrayList<>();
          for (SortedMap<String, T> window : windows) {
            T chunk = window.get(feature);
            if (chunk != null && n.applyAsLong(chunk) >= LEAST_OBSERVATIONS) {
              chunks.add(scores.apply(distribution, chunk));
            }
          }
          sides.put(feature, new Side<>(distribution, thresholds(chunks)));
        });
  }

  private static Map<String, Double> thresholds(List<SortedMap<String, Double>> chunks) {
    Map<String, Double> thresholds = new TreeMap<>();
    if (chunks.size() >= LEAST_WINDOWS) {
      for (String method : chunks.get(0).keySet()) {
        double[] scores =
            chunks.stream().mapToDouble(chunk -> chunk.getOrDefault(method, Double.NaN)).toArray();
        thresholds.put(method, ScoreThreshold.of(scores, ScoreThreshold.SMALLEST_EFFECT));
      }
    }
    return thresholds;
  }
}
