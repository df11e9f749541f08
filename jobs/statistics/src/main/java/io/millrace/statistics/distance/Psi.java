package io.millrace.statistics.distance;

import java.util.Arrays;

/**
 * The population stability index, sum (p - q) ln(p / q): 0 when alike, without an upper bound; from
 * 0.1 on it is usually called a shift. Tools differ in what they take for a share of 0.
 */
public final class Psi {

  /** deepchecks' {@code PSI_MIN_PERCENTAGE}. */
  public static final double DEEPCHECKS_FLOOR = 0.01;

  private Psi() {}

  /**
   * As evidently has it: a share of 0 becomes 0.0001, or a millionth of that side's smallest other
   * share where that is 0.0001 or less; neither side is divided by its new sum.
   *
   * @param p shares of each bin
   * @param q of the same bins
   * @see <a
   *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/psi.py">evidently's
   *     psi.py</a>
   */
  public static double of(double[] p, double[] q) {
    return sum(ZeroFill.fill(p), ZeroFill.fill(q));
  }

  /**
   * As deepchecks has it, with a floor of {@link #DEEPCHECKS_FLOOR}: every smaller share is raised
   * to it.
   *
   * @param p shares of each bin
   * @param q of the same bins
   * @param floor above 0
   * @see <a
   *     href="https://github.com/deepchecks/deepchecks/blob/main/deepchecks/utils/distribution/drift.py">deepchecks'
   *     drift.py</a>
   */
  public static double ofFloored(double[] p, double[] q, double floor) {
    return sum(floored(p, floor), floored(q, floor));
  }

  private static double[] floored(double[] shares, double floor) {
    return Arrays.stream(shares).map(share -> Math.max(share, floor)).toArray();
  }

  private static double sum(double[] p, double[] q) {
    Shares.requireSameLength(p, q);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += (p[i] - q[i]) * Math.log(p[i] / q[i]);
    }
    return sum;
  }
}
