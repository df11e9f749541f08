package io.millrace.statistics.profile;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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
  static CategoricalReference of(Collection<String> values) {
    SortedMap<String, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return new CategoricalReference(counts, new TreeMap<>());
  }

  /** All values counted. */
  public long n() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
