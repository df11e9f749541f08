package io.millrace.statistics;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model's inputs and answers looked like when it was trained: what later windows are
 * compared with.
 *
 * @param numbers histogram of each numeric feature; its edges are kept for the windows
 * @param categories counts of each value of each categorical feature
 */
public record ReferenceProfile(
    SortedMap<String, Histogram> numbers, SortedMap<String, SortedMap<String, Long>> categories) {

  public ReferenceProfile {
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    SortedMap<String, SortedMap<String, Long>> copies = new TreeMap<>();
    categories.forEach(
        (feature, counts) ->
            copies.put(feature, Collections.unmodifiableSortedMap(new TreeMap<>(counts))));
    categories = Collections.unmodifiableSortedMap(copies);
  }

  /** A profile of samples; numbers are binned by {@link HistogramEdges#doane}. */
  public static ReferenceProfile of(
      Map<String, double[]> numbers, Map<String, ? extends Collection<String>> categories) {
    SortedMap<String, Histogram> histograms = new TreeMap<>();
    numbers.forEach(
        (feature, values) ->
            histograms.put(feature, Histogram.of(HistogramEdges.doane(values), values)));
    SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    categories.forEach((feature, values) -> counts.put(feature, count(values)));
    return new ReferenceProfile(histograms, counts);
  }

  private static SortedMap<String, Long> count(Collection<String> values) {
    SortedMap<String, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }
}
