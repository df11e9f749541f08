package io.millrace.statistics.distance;

/**
 * Hellinger: 0 when alike, 1 when nothing is shared. The two forms are the same number for shares
 * that sum to 1; they round differently, and differ where a side does not sum to 1.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Hellinger_distance">Hellinger distance</a>
 */
public final class Hellinger {

  private Hellinger() {}

  /**
   * sqrt(sum (sqrt p - sqrt q)^2) / sqrt 2, as NannyML has it.
   *
   * @param p shares of each bin
   * @param q of the same bins
   * @see <a
   *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">nannyml
   *     /drift/univariate/methods.py</a>
   */
  public static double distance(double[] p, double[] q) {
    Shares.requireSameLength(p, q);
    double squares = 0;
    for (int i = 0; i < p.length; i++) {
      double difference = Math.sqrt(p[i]) - Math.sqrt(q[i]);
      squares += difference * difference;
    }
    return Math.sqrt(squares) / Math.sqrt(2);
  }

  /**
   * sqrt(1 - sum sqrt(p q)), the sum (the Bhattacharyya coefficient) cut to 0 to 1, as evidently
   * has it.
   *
   * @param p shares of each bin
   * @param q of the same bins
   * @see <a
   *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/hellinger_distance.py">evidently's
   *     hellinger_distance.py</a>
   */
  public static double ofCoefficient(double[] p, double[] q) {
    Shares.requireSameLength(p, q);
    double coefficient = 0;
    for (int i = 0; i < p.length; i++) {
      coefficient += Math.sqrt(p[i] * q[i]);
    }
    return Math.sqrt(1 - Math.min(1, coefficient));
  }
}
