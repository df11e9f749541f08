package io.millrace.statistics.profile;

import java.util.Arrays;

/**
 * At and above which a score is a drift: the mean of the scores of the reference's own chunks and 3
 * standard deviations (of the population) more, as NannyML's {@code StandardDeviationThreshold} has
 * it by default; and no less than a smallest effect, since a feature that never changes has chunks
 * without any distance.
 *
 * @see <a href="https://github.com/NannyML/nannyml/blob/main/nannyml/thresholds.py">NannyML's
 *     thresholds</a>
 */
public final class ScoreThreshold {

  /**
   * Of a score whose reference has no chunks; also where evidently and others draw the line for
   * their distances.
   */
  public static final double WITHOUT_CHUNKS = 0.1;

  /** Of distances of shares: as if 1 row of 200 had gone where none was before. */
  public static final double SMALLEST_EFFECT = 0.05;

  /** Of the squared maximum mean discrepancy. */
  public static final double SMALLEST_DISCREPANCY = 0.001;

  private static final double DEVIATIONS = 3;

  private ScoreThreshold() {}

  /**
   * The threshold.
   *
   * @param scores of the chunks, at least one
   * @param smallest effect, in the unit of the scores
   */
  public static double of(double[] scores, double smallest) {
    double mean = Arrays.stream(scores).sum() / scores.length;
    double squares = Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).sum();
    return Math.max(smallest, mean + DEVIATIONS * Math.sqrt(squares / scores.length));
  }
}
