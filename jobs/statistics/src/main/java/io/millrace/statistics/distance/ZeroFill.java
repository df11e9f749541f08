package io.millrace.statistics.distance;

import java.util.Arrays;

/**
 * What stands for a share of 0 where its logarithm is taken: evidently's {@code get_binned_data}.
 *
 * @see <a
 *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/utils.py">evidently's
 *     utils.py</a>
 */
final class ZeroFill {

  private static final double SMALLEST_SHARE = 1e-4;
  private static final double BELOW_THE_SMALLEST = 1e6;

  private ZeroFill() {}

  /**
   * The shares with 0.0001 for 0, or a millionth of the smallest other share where that is 0.0001
   * or less. They are not divided by their new sum.
   */
  static double[] fill(double[] shares) {
    double smallest =
        Arrays.stream(shares).filter(share -> share != 0).min().orElse(SMALLEST_SHARE);
    double stand = smallest <= SMALLEST_SHARE ? smallest / BELOW_THE_SMALLEST : SMALLEST_SHARE;
    return Arrays.stream(shares).map(share -> share == 0 ? stand : share).toArray();
  }
}
