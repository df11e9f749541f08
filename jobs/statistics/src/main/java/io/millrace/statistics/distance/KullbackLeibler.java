package io.millrace.statistics.distance;

/**
 * Kullback-Leibler: sum p ln(p / q), natural logarithm; 0 when alike, not symmetric.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.entropy.html">scipy.stats.entropy</a>
 */
public final class KullbackLeibler {

  private KullbackLeibler() {}

  /**
   * As evidently has it: shares of 0 are filled as for {@link Psi#of}, then both sides are divided
   * by their sums, as {@code scipy.stats.entropy} does.
   *
   * @param p shares of each bin, of the reference
   * @param q of the same bins, of the current sample
   * @see <a
   *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/kl_div.py">evidently's
   *     kl_div.py</a>
   */
  public static double of(double[] p, double[] q) {
    return divergence(ZeroFill.fill(p), ZeroFill.fill(q));
  }

  /**
   * Without a fill: infinite where q is 0 and p is not.
   *
   * @param p shares or weights of each bin, 0 or more; divided by their sum
   * @param q of the same bins
   */
  public static double divergence(double[] p, double[] q) {
    Shares.requireSameLength(p, q);
    double[] left = Shares.of(p);
    double[] right = Shares.of(q);
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] == 0 ? 0 : left[i] * Math.log(left[i] / right[i]);
    }
    return sum;
  }
}
