package io.millrace.statistics.hypothesis;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The false discovery rate's procedure of Benjamini and Hochberg: of the hypotheses whose adjusted
 * p is below alpha, a share of at most alpha is expected to be rejected wrongly.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.false_discovery_control.html">scipy
 *     .stats.false_discovery_control</a>; Benjamini, Hochberg (1995), Journal of the Royal
 *     Statistical Society B 57(1)
 */
public final class BenjaminiHochberg {

  private BenjaminiHochberg() {}

  /**
   * Adjusts p-values: the k-th smallest of m becomes the least of p(j) m / j over j of k and above,
   * and 1 at most.
   *
   * @param pValues 0 to 1 each; may be empty
   * @return in the order given
   */
  public static double[] adjust(double[] pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("Expected p-values from 0 to 1, found " + p);
      }
    }
    int m = pValues.length;
    int[] descending =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> pValues[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[m];
    double least = 1;
    for (int i = 0; i < m; i++) {
      int at = descending[i];
      // The ratio first: a product that is divided again may round to less than p.
      least = Math.min(least, pValues[at] * ((double) m / (m - i)));
      adjusted[at] = least;
    }
    return adjusted;
  }
}
