package io.millrace.statistics.profile;

import io.millrace.statistics.distance.AlignedCounts;
import io.millrace.statistics.distance.Hellinger;
import io.millrace.statistics.distance.JensenShannon;
import io.millrace.statistics.distance.LInfinity;
import io.millrace.statistics.distance.LogBase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/**
 * How often each value of a categorical feature occurred.
 *
 * @param counts by value
 * @param thresholds by method, of those in {@link DriftMethods}; at and above one a score is a
 *     drift. Empty in a profile of format version 1
 */
public record CategoricalReference(
    SortedMap<String, Long> counts, SortedMap<String, Double> thresholds) {

  public CategoricalReference {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
  }

  /** Of a sample. */
  public static CategoricalReference of(List<String> values) {
    SortedMap<String, Long> counts = count(values);
    List<AlignedCounts> chunks =
        Chunks.of(values.size()).stream()
            .map(rows -> AlignedCounts.of(counts, count(rows, values)))
            .toList();
    SortedMap<String, Double> thresholds = new TreeMap<>();
    if (!chunks.isEmpty()) {
      thresholds.put(
          DriftMethods.JENSEN_SHANNON,
          threshold(chunks, (p, q) -> JensenShannon.distance(p, q, LogBase.TWO)));
      thresholds.put(DriftMethods.HELLINGER, threshold(chunks, Hellinger::distance));
      thresholds.put(DriftMethods.L_INFINITY, threshold(chunks, LInfinity::distance));
    }
    return new CategoricalReference(counts, thresholds);
  }

  /** All values counted. */
  public long n() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static SortedMap<String, Long> count(List<String> values) {
    SortedMap<String, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }

  private static Map<String, Long> count(int[] rows, List<String> values) {
    Map<String, Long> counts = new TreeMap<>();
    for (int row : rows) {
      counts.merge(values.get(row), 1L, Long::sum);
    }
    return counts;
  }

  private static double threshold(
      List<AlignedCounts> chunks, ToDoubleBiFunction<double[], double[]> distance) {
    double[] scores =
        chunks.stream()
            .mapToDouble(
                chunk -> distance.applyAsDouble(chunk.referenceShares(), chunk.currentShares()))
            .toArray();
    return ScoreThreshold.of(scores, ScoreThreshold.SMALLEST_EFFECT);
  }
}
