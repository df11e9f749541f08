package io.millrace.statistics.hypothesis;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The z-test of two proportions, with the pooled proportion's variance, two-sided.
 *
 * @param z (p1 - p2) / sqrt(p (1 - p) (1 / n1 + 1 / n2)); 0 when all or none of both are hits
 * @param pValue of both proportions being the same
 * @see <a
 *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/z_stattest.py">evidently's
 *     z_stattest.py</a>
 */
public record ProportionZ(double z, double pValue) {

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /**
   * The test.
   *
   * @param hits1 0 to n1
   * @param n1 at least 1
   * @param hits2 0 to n2
   * @param n2 at least 1
   */
  public static ProportionZ of(long hits1, long n1, long hits2, long n2) {
    requireCounts(hits1, n1);
    requireCounts(hits2, n2);
    double pooled = (double) (hits1 + hits2) / (n1 + n2);
    if (pooled == 0 || pooled == 1) {
      return new ProportionZ(0, 1);
    }
    double difference = (double) hits1 / n1 - (double) hits2 / n2;
    double z = difference / Math.sqrt(pooled * (1 - pooled) * (1.0 / n1 + 1.0 / n2));
    return new ProportionZ(z, 2 * STANDARD.survivalProbability(Math.abs(z)));
  }

  private static void requireCounts(long hits, long n) {
    if (n < 1 || hits < 0 || hits > n) {
      throw new IllegalArgumentException(
          "Expected 0 to n hits of at least one, found %d of %d".formatted(hits, n));
    }
  }
}
