package io.millrace.statistics;

import java.util.Arrays;

/**
 * Finds the bins of numbers. A bin holds its lower edge and not its upper one, except the last,
 * which holds both, as {@code numpy.histogram} has it.
 */
public final class Bins {

  private Bins() {}

  /**
   * The bin of a value, or the number of bins when it lies outside of all or is NaN.
   *
   * @param edges ascending, one more than bins
   */
  public static int indexOf(double[] edges, double value) {
    int last = edges.length - 1;
    if (!(value >= edges[0] && value <= edges[last])) {
      return last;
    }
    // Adding 0 makes 0 of -0, which a binary search takes for less.
    int found = Arrays.binarySearch(edges, value + 0.0);
    return Math.min(found >= 0 ? found : -found - 2, last - 1);
  }

  /**
   * Counts a sample.
   *
   * @param edges ascending
   * @return of each bin, and last of what lies outside of all
   */
  public static long[] count(double[] edges, double[] values) {
    long[] counts = new long[edges.length];
    for (double value : values) {
      counts[indexOf(edges, value)]++;
    }
    return counts;
  }
}
