package io.millrace.statistics.evaluation;

import io.millrace.statistics.HistogramEdges;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far the answers of one sample are from those of another.
 *
 * @param jensenShannon the Jensen-Shannon distance, base 2: 0 when alike, 1 when nothing is shared
 * @param psi the population stability index; from 0.1 on it is usually called a shift
 */
public record OutputDrift(double jensenShannon, double psi) {

  /** What stands for a share of 0 in the population stability index, as evidently has it. */
  private static final double SMALLEST_SHARE = 1e-4;

  /**
   * Of categories.
   *
   * @param reference at least one value
   * @param current at least one value
   */
  public static OutputDrift ofCategories(Collection<String> reference, Collection<String> current) {
    Map<String, Integer> before = count(reference);
    Map<String, Integer> after = count(current);
    SortedSet<String> values = new TreeSet<>(before.keySet());
    values.addAll(after.keySet());
    return of(shares(values, before), shares(values, after));
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
    return of(shares(edges, reference), shares(edges, current));
  }

  /** Of shares that sum to 1 each. */
  static OutputDrift of(double[] reference, double[] current) {
    double divergence = 0;
    double psi = 0;
    for (int i = 0; i < reference.length; i++) {
      double p = reference[i];
      double q = current[i];
      double middle = (p + q) / 2;
      divergence += (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2;
      double filledP = p == 0 ? SMALLEST_SHARE : p;
      double filledQ = q == 0 ? SMALLEST_SHARE : q;
      psi += p == q ? 0 : (filledQ - filledP) * Math.log(filledQ / filledP);
    }
    return new OutputDrift(Math.sqrt(Math.max(0, divergence / Math.log(2))), psi);
  }

  private static double relativeEntropy(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }

  private static Map<String, Integer> count(Collection<String> values) {
    Map<String, Integer> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts;
  }

  private static double[] shares(SortedSet<String> values, Map<String, Integer> counts) {
    double n = counts.values().stream().mapToInt(Integer::intValue).sum();
    return values.stream().mapToDouble(value -> counts.getOrDefault(value, 0) / n).toArray();
  }

  /** The shares of the bins, and last of what is outside of them. */
  private static double[] shares(double[] edges, double[] values) {
    double[] shares = new double[edges.length];
    for (double value : values) {
      shares[bin(edges, value)] += 1.0 / values.length;
    }
    return shares;
  }

  private static int bin(double[] edges, double value) {
    int last = edges.length - 1;
    if (!(value >= edges[0] && value <= edges[last])) {
      return last;
    }
    int found = Arrays.binarySearch(edges, value);
    return Math.min(found >= 0 ? found : -found - 2, last - 1);
  }
}
