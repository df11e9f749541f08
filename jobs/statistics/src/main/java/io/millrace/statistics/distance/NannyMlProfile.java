package io.millrace.statistics.distance;

import java.util.Arrays;
import java.util.Collection;

/**
 * Drift as NannyML has it, on whole samples: what needs the reference alone is computed once, then
 * each chunk is compared with it. Streaming counters on the same edges give the same Jensen-Shannon
 * and Hellinger scores.
 *
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">nannyml/drift/univariate/methods.py</a>,
 *     <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/thresholds.py">nannyml/thresholds.py</a>
 */
public final class NannyMlProfile {

  private static final double DEVIATIONS = 3;

  private NannyMlProfile() {}

  /** Fits the continuous methods. */
  public static NannyMlNumbers numbers(double[] reference) {
    return new NannyMlNumbers(reference);
  }

  /** Fits the categorical methods. */
  public static NannyMlCategories categories(Collection<String> reference) {
    return new NannyMlCategories(reference);
  }

  /**
   * The upper threshold of a score: its mean and three standard deviations (of the population:
   * divided by n) over the reference's own chunks. NannyML alerts above it.
   *
   * @param chunkScores NaN is left out
   * @return NaN without scores
   */
  public static double threshold(double[] chunkScores) {
    double[] scores = Arrays.stream(chunkScores).filter(score -> !Double.isNaN(score)).toArray();
    double mean = Arrays.stream(scores).sum() / scores.length;
    double squares = Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).sum();
    return mean + DEVIATIONS * Math.sqrt(squares / scores.length);
  }
}
