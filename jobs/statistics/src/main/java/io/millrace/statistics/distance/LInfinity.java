package io.millrace.statistics.distance;

/**
 * The largest difference of a share: 0 when alike, 1 when nothing is shared and one value is all of
 * a side.
 *
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">NannyML's
 *     LInfinityDistance</a>; <a
 *     href="https://github.com/tensorflow/data-validation/blob/master/tensorflow_data_validation/anomalies/metrics.cc">TensorFlow
 *     Data Validation's LInftyDistance</a>
 */
public final class LInfinity {

  private LInfinity() {}

  /**
   * max |p - q|.
   *
   * @param p shares or weights of each value, 0 or more; divided by their sum
   * @param q of the same values
   */
  public static double distance(double[] p, double[] q) {
    Shares.requireSameLength(p, q);
    double[] left = Shares.of(p);
    double[] right = Shares.of(q);
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }
}
