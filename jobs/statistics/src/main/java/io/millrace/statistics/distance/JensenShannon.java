package io.millrace.statistics.distance;

/**
 * Jensen-Shannon: how far two distributions are from their mean. With m = (p + q) / 2, the
 * divergence is (sum p log(p / m) + sum q log(q / m)) / 2, and the distance its square root.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.spatial.distance.jensenshannon.html">scipy
 *     .spatial.distance.jensenshannon</a>; Endres, Schindelin (2003), IEEE Transactions on
 *     Information Theory 49(7)
 */
public final class JensenShannon {

  private JensenShannon() {}

  /**
   * The distance, as scipy has it: 0 when alike, and when nothing is shared 1 (base 2) or sqrt(ln
   * 2) (natural).
   *
   * @param p shares or weights of each bin, 0 or more; divided by their sum
   * @param q of the same bins
   * @return NaN when a side sums to 0
   */
  public static double distance(double[] p, double[] q, LogBase base) {
    return Math.sqrt(divergence(p, q, base));
  }

  /**
   * The divergence, the square of the distance: what TensorFlow Data Validation reports, base 2.
   *
   * @param p shares or weights of each bin, 0 or more; divided by their sum
   * @param q of the same bins
   * @return NaN when a side sums to 0
   */
  public static double divergence(double[] p, double[] q, LogBase base) {
    Shares.requireSameLength(p, q);
    double[] left = Shares.of(p);
    double[] right = Shares.of(q);
    double nats = 0;
    for (int i = 0; i < left.length; i++) {
      double middle = (left[i] + right[i]) / 2;
      nats += (relativeEntropy(left[i], middle) + relativeEntropy(right[i], middle)) / 2;
    }
    // Rounding may leave a tiny negative sum where the two are alike.
    return Math.max(0, base.fromNats(nats));
  }

  private static double relativeEntropy(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }
}
