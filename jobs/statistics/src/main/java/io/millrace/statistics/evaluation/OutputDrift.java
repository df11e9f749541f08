package io.millrace.statistics.evaluation;

import io.millrace.statistics.Bins;
import io.millrace.statistics.HistogramEdges;
import io.millrace.statistics.distance.AlignedCounts;
import io.millrace.statistics.distance.JensenShannon;
import io.millrace.statistics.distance.LogBase;
import io.millrace.statistics.distance.Psi;
import io.millrace.statistics.distance.Shares;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the answers of one sample are from those of another.
 *
 * @param jensenShannon the Jensen-Shannon distance, base 2: 0 when alike, 1 when nothing is shared
 * @param psi the population stability index; from 0.1 on it is usually called a shift
 */
public record OutputDrift(double jensenShannon, double psi) {

  /**
   * Of categories.
   *
   * @param reference at least one value
   * @param current at least one value
   */
  public static OutputDrift ofCategories(Collection<String> reference, Collection<String> current) {
    AlignedCounts counts = AlignedCounts.of(count(reference), count(current));
    return of(counts.referenceShares(), counts.currentShares());
  }

  /**
   * Of numbers, in bins by Doane's rule on the reference alone; what falls outside is one more bin.
   *
   * @see <a
   *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">NannyML's
   *     methods</a>
   */
  public static OutputDrift ofNumbers(double[] reference, double[] current) {
    double[] edges = HistogramEdges.doane(reference);
    return of(Shares.of(Bins.count(edges, reference)), Shares.of(Bins.count(edges, current)));
  }

  /** Of shares that sum to 1 each. */
  static OutputDrift of(double[] reference, double[] current) {
    return new OutputDrift(
        JensenShannon.distance(reference, current, LogBase.TWO), Psi.of(reference, current));
  }

  private static Map<String, Long> count(Collection<String> values) {
    Map<String, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1L, Long::sum));
    return counts;
  }
}
