package io.millrace.statistics.distance;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Counts of the same values or bins in two samples. */
public final class AlignedCounts {

  private final long[] reference;
  private final long[] current;

  /**
   * Of bins.
   *
   * @param reference of each bin, 0 or more
   * @param current of each bin, at the same positions
   */
  public AlignedCounts(long[] reference, long[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "Expected counts of the same bins, found %d and %d"
              .formatted(reference.length, current.length));
    }
    this.reference = reference.clone();
    this.current = current.clone();
  }

  /** Of categories, in their natural order; one that a side does not have counts 0. */
  public static <K extends Comparable<? super K>> AlignedCounts of(
      Map<K, Long> reference, Map<K, Long> current) {
    SortedSet<K> values = new TreeSet<>(reference.keySet());
    values.addAll(current.keySet());
    return new AlignedCounts(counts(values, reference), counts(values, current));
  }

  /** How many bins or values there are. */
  public int size() {
    return reference.length;
  }

  public long[] reference() {
    return reference.clone();
  }

  public long[] current() {
    return current.clone();
  }

  public double[] referenceShares() {
    return Shares.of(reference);
  }

  public double[] currentShares() {
    return Shares.of(current);
  }

  private static <K> long[] counts(SortedSet<K> values, Map<K, Long> counts) {
    return values.stream().mapToLong(value -> counts.getOrDefault(value, 0L)).toArray();
  }
}
