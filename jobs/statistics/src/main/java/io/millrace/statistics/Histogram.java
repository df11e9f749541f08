package io.millrace.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Counts of a number in fixed bins. A bin holds its lower edge and not its upper one, except the
 * last, which holds both, as {@code numpy.histogram} has it.
 *
 * @param edges ascending, one more than counts
 * @param counts values in each bin
 */
public record Histogram(List<Double> edges, List<Long> counts) {

  public Histogram {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (counts.isEmpty() || edges.size() != counts.size() + 1) {
      throw new IllegalArgumentException(
          "A histogram has %d edges and %d counts, expected one more edge than counts"
              .formatted(edges.size(), counts.size()));
    }
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) < edges.get(i))) {
        throw new IllegalArgumentException("A histogram's edges are not ascending");
      }
    }
  }

  /**
   * Counts a sample.
   *
   * @param edges ascending
   * @throws IllegalArgumentException when a value lies outside the edges
   */
  public static Histogram of(double[] edges, double[] values) {
    Long[] counts = new Long[edges.length - 1];
    Arrays.fill(counts, 0L);
    for (double value : values) {
      counts[bin(edges, value)]++;
    }
    return new Histogram(Arrays.stream(edges).boxed().toList(), List.of(counts));
  }

  /** All values counted. */
  public long n() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static int bin(double[] edges, double value) {
    int bin = Bins.indexOf(edges, value);
    if (bin == edges.length - 1) {
      throw new IllegalArgumentException(
          "The value %s lies outside the edges %s to %s".formatted(value, edges[0], edges[bin]));
    }
    return bin;
  }
}
