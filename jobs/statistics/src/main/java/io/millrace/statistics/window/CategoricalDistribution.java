package io.millrace.statistics.window;

import io.millrace.statistics.profile.CategoricalReference;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a category on one side of a comparison.
 *
 * @param counts by value
 * @param others of values that are not counted by themselves
 */
record CategoricalDistribution(SortedMap<String, Long> counts, long others) {

  /** Copies the counts. */
  CategoricalDistribution {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  static CategoricalDistribution of(BoundedCounts counts) {
    return new CategoricalDistribution(counts.counts(), counts.others());
  }

  static CategoricalDistribution of(CategoricalReference reference) {
    BoundedCounts counts = new BoundedCounts();
    counts.add(reference.counts(), 0);
    return of(counts);
  }

  long n() {
    return others + counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
