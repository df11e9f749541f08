package io.millrace.statistics.distance;

import java.util.Arrays;

/**
 * Cumulative shares at the edges of 10,000 equal bins over a reference's range: NannyML's {@code
 * estimated} calculation.
 *
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">NannyML's
 *     KolmogorovSmirnovStatistic and WassersteinDistance</a>
 */
final class BinnedDistribution implements NannyMlDistribution {

  private static final int BINS = 10_000;

  private final double[] reference;
  private final double min;
  private final double max;

  BinnedDistribution(double[] reference) {
    this.reference = sorted(reference);
    min = this.reference[0];
    max = this.reference[reference.length - 1];
  }

  @Override
  public double kolmogorovSmirnov(double[] current) {
    double[] edges = edges(min, max);
    double[] shares = upToEachEdge(reference, edges);
    double[] others = upToEachEdge(sorted(current), edges);
    double largest = 0;
    for (int i = 0; i < BINS; i++) {
      largest = Math.max(largest, Math.abs(shares[i] - others[i]));
    }
    return largest;
  }

  /**
   * The area inside of the reference's range, by the upper edges of the bins, and those below and
   * above of it, which are exact.
   *
   * <p>NannyML's share of what lies below counts one value too many ({@code (n + 1) / N}), also
   * where it is added to the cumulative shares inside; a score that is to agree has it too.
   */
  @Override
  public double wasserstein(double[] current) {
    // The bins of equal values have a width of 1 together.
    double[] edges = min == max ? edges(min - 0.5, max + 0.5) : edges(min, max);
    double[] sorted = sorted(current);
    double n = sorted.length;
    int below = countBelow(sorted, edges[0]);
    int above = sorted.length - countUpTo(sorted, edges[BINS]);
    double outside = 0;
    for (int i = 0; i < below; i++) {
      outside += edges[0] - sorted[i];
    }
    for (int i = sorted.length - above; i < sorted.length; i++) {
      outside += sorted[i] - edges[BINS];
    }
    double extra = below > 0 ? 1 / n : 0;
    double[] shares = upToEachEdge(reference, edges);
    double[] others = upToEachEdge(sorted, edges);
    double width = edges[1] - edges[0];
    double inside = 0;
    for (int i = 0; i < BINS; i++) {
      inside += Math.abs(shares[i] - others[i] - extra) * width;
    }
    return inside + outside / n;
  }

  /** The share of values below each bin's upper edge, and up to the last one's. */
  private static double[] upToEachEdge(double[] sorted, double[] edges) {
    double[] upTo = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      int count = i == BINS - 1 ? countUpTo(sorted, edges[BINS]) : countBelow(sorted, edges[i + 1]);
      upTo[i] = (double) count / sorted.length;
    }
    return upTo;
  }

  private static double[] edges(double low, double high) {
    double step = (high - low) / BINS;
    double[] edges = new double[BINS + 1];
    Arrays.setAll(edges, i -> i == BINS ? high : i * step + low);
    return edges;
  }

  private static double[] sorted(double[] values) {
    // Adding 0 makes 0 of -0, which sorting takes for less.
    return Arrays.stream(values).map(value -> value + 0.0).sorted().toArray();
  }

  private static int countBelow(double[] sorted, double edge) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < edge) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int countUpTo(double[] sorted, double edge) {
    return countBelow(sorted, Math.nextUp(edge));
  }
}
