package io.millrace.statistics.distance;

import java.util.Arrays;

/** Shares of a whole: counts or weights divided by their sum. */
public final class Shares {

  private Shares() {}

  /** Of counts; NaN everywhere when there are none. */
  public static double[] of(long[] counts) {
    double n = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToDouble(count -> count / n).toArray();
  }

  /**
   * Of weights.
   *
   * @param weights 0 or more
   */
  public static double[] of(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  /** Both sides describe the same bins. */
  static void requireSameLength(double[] p, double[] q) {
    if (p.length != q.length) {
      throw new IllegalArgumentException(
          "Expected shares of the same bins, found %d and %d".formatted(p.length, q.length));
    }
  }
}
