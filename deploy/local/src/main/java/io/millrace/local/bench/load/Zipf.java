package io.millrace.local.bench.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ranks that repeat as what people ask for does: rank k of n comes with a probability proportional
 * to {@code 1 / k^s}.
 */
public final class Zipf {

  private final double[] cumulative;

  /**
   * Ranks from 0.
   *
   * @param ranks how many there are, at least 1
   * @param exponent s, more than 0
   */
  public Zipf(int ranks, double exponent) {
    if (ranks < 1 || exponent <= 0) {
      throw new IllegalArgumentException(
          "Expected at least one rank and an exponent above 0, found %d and %s"
              .formatted(ranks, exponent));
    }
    cumulative = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += Math.pow(i + 1, -exponent);
      cumulative[i] = sum;
    }
  }

  /** The next rank, from 0. */
  public int next(RandomGenerator random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
  }
}
