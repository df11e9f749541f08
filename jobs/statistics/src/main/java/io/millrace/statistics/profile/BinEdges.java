package io.millrace.statistics.profile;

import java.util.Arrays;

/**
 * A histogram's edges, to count what later windows hold with. A bin holds its lower edge and not
 * its upper one, except the last, which holds both; below the first edge and above the last one are
 * two bins more, the last ones.
 */
public final class BinEdges {

  private final double[] edges;

  /**
   * Takes the array.
   *
   * @param edges finite and ascending, at least two
   */
  public BinEdges(double[] edges) {
    if (edges.length < 2) {
      throw new IllegalArgumentException("BinEdges have one edge, expected at least two");
    }
    for (int i = 0; i < edges.length; i++) {
      if (!Double.isFinite(edges[i]) || (i > 0 && !(edges[i - 1] < edges[i]))) {
        throw new IllegalArgumentException("The edges of bins are not finite and ascending");
      }
    }
    this.edges = edges;
  }

  /** How many there are within the edges. */
  public int inside() {
    return edges.length - 1;
  }

  /** How many counts there are: those within, below and above. */
  public int size() {
    return edges.length + 1;
  }

  public double edge(int position) {
    return edges[position];
  }

  public double[] edges() {
    return edges.clone();
  }

  /** The position of the bin that a finite number falls in. */
  public int of(double value) {
    int last = edges.length - 1;
    if (value < edges[0]) {
      return last;
    }
    if (value > edges[last]) {
      return last + 1;
    }
    // Adding 0 makes 0 of -0, which a binary search takes for a smaller number.
    int found = Arrays.binarySearch(edges, value + 0.0);
    return Math.min(found >= 0 ? found : -found - 2, last - 1);
  }

  /** Counts finite numbers. */
  public long[] count(double[] values) {
    long[] counts = new long[size()];
    for (double value : values) {
      counts[of(value)]++;
    }
    return counts;
  }

  /** The same counts with one bin for what lies outside, the last one, as NannyML has it. */
  public long[] withOneOutside(long[] counts) {
    long[] joined = Arrays.copyOf(counts, edges.length);
    joined[edges.length - 1] = counts[edges.length - 1] + counts[edges.length];
    return joined;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinEdges bins && Arrays.equals(edges, bins.edges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }
}
