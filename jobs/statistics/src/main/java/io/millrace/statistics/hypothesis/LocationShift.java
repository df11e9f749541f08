package io.millrace.statistics.hypothesis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much one sample lies above another, by their ranks: an interval and the estimate of Hodges
 * and Lehmann. Each end is the shift at which the asymptotic {@link MannWhitney} test, with its
 * continuity correction, just stops rejecting; the estimate is the shift at which its z changes
 * sign. They are found to within 0.0001, as kayenta and R's {@code wilcox.test(conf.int = TRUE,
 * exact = FALSE)} find them.
 *
 * @param low of the interval
 * @param high of the interval
 * @param estimate about the median of all differences of a value of x and one of y
 * @see <a
 *     href="https://github.com/spinnaker/kayenta/blob/master/kayenta-mannwhitney/src/main/scala/com/netflix/kayenta/mannwhitney/MannWhitney.scala">kayenta's
 *     MannWhitney</a>; Hodges, Lehmann (1963), Annals of Mathematical Statistics 34(2)
 */
public record LocationShift(double low, double high, double estimate) {

  /** kayenta's and R's. */
  private static final double TOLERANCE = 1e-4;

  private static final double CONTINUITY = 0.5;

  /**
   * Of x over y.
   *
   * @param x at least one finite number: the experiment, or current sample
   * @param y at least one finite number: the control, or reference
   * @param confidence above 0 and below 1
   * @throws IllegalArgumentException when all values of both are equal at some shift, so that there
   *     is no variance to judge by
   */
  public static LocationShift of(double[] x, double[] y, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "Expected a confidence between 0 and 1, found " + confidence);
    }
    Samples.requireNumbers(x);
    Samples.requireNumbers(y);
    double quantile =
        NormalDistribution.of(0, 1).inverseCumulativeProbability((1 - confidence) / 2);
    double min = Arrays.stream(x).min().orElseThrow() - Arrays.stream(y).max().orElseThrow();
    double max = Arrays.stream(x).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
    return new LocationShift(
        end(x, y, -quantile, min, max),
        end(x, y, quantile, min, max),
        new RootFinder(shift -> z(x, y, shift), min, max, TOLERANCE).find());
  }

  private static double end(double[] x, double[] y, double quantile, double min, double max) {
    if (z(x, y, min) - quantile <= 0) {
      return min;
    }
    if (z(x, y, max) - quantile >= 0) {
      return max;
    }
    return new RootFinder(shift -> z(x, y, shift) - quantile, min, max, TOLERANCE).find();
  }

  /** Of x moved down by a shift: falling in the shift, in jumps. */
  static double z(double[] x, double[] y, double shift) {
    double n1 = x.length;
    double n2 = y.length;
    double n = n1 + n2;
    Ranks ranks = Ranks.of(Arrays.stream(x).map(value -> value - shift).toArray(), y);
    double aboveMean = ranks.sumOfFirst() - n1 * (n1 + 1) / 2 - n1 * n2 / 2;
    double deviation = Math.sqrt(n1 * n2 / 12 * (n + 1 - ranks.tieTerm() / (n * (n - 1))));
    if (deviation == 0) {
      throw new IllegalArgumentException(
          "All values are equal at a shift of %s: there is no interval".formatted(shift));
    }
    return (aboveMean - Math.signum(aboveMean) * CONTINUITY) / deviation;
  }
}
