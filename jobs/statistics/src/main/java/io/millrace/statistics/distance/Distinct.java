package io.millrace.statistics.distance;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Counts of distinct values. */
final class Distinct {

  private Distinct() {}

  static Map<Double, Long> count(double[] values) {
    Map<Double, Long> counts = new TreeMap<>();
    // Adding 0 makes 0 of -0, which a map takes for another number.
    Arrays.stream(values).forEach(value -> counts.merge(value + 0.0, 1L, Long::sum));
    return counts;
  }

  static <K extends Comparable<? super K>> Map<K, Long> count(Collection<K> values) {
    Map<K, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }
}
