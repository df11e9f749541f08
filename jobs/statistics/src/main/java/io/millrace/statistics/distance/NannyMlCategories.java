package io.millrace.statistics.distance;

import io.millrace.statistics.hypothesis.ChiSquare;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * NannyML's categorical methods, fitted to a reference. For Jensen-Shannon and Hellinger all values
 * that the reference has not are one.
 *
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/drift/univariate/methods.py">nannyml/drift/univariate/methods.py</a>
 */
public final class NannyMlCategories {

  private final Map<String, Long> reference;

  /**
   * Fits counted values.
   *
   * @param reference above 0 each, at least one
   */
  public NannyMlCategories(Map<String, Long> reference) {
    if (reference.isEmpty()) {
      throw new IllegalArgumentException("The reference is empty, expected at least one value");
    }
    this.reference = Map.copyOf(reference);
  }

  /** Fits at least one value. */
  public NannyMlCategories(Collection<String> reference) {
    this(Distinct.count(reference));
  }

  /** The Jensen-Shannon distance, base 2: 0 to 1; NaN without values. */
  public double jensenShannon(Map<String, Long> current) {
    AlignedCounts counts = withNewOnesAsOne(current);
    return JensenShannon.distance(counts.referenceShares(), counts.currentShares(), LogBase.TWO);
  }

  /** The Hellinger distance: 0 to 1; NaN without values. */
  public double hellinger(Map<String, Long> current) {
    AlignedCounts counts = withNewOnesAsOne(current);
    return Hellinger.distance(counts.referenceShares(), counts.currentShares());
  }

  /** The largest difference of a share: 0 to 1; NaN without values. */
  public double lInfinity(Map<String, Long> current) {
    AlignedCounts counts = AlignedCounts.of(reference, current);
    return LInfinity.distance(counts.referenceShares(), counts.currentShares());
  }

  /** The contingency test; the statistic is the score, drift a p below 0.05. */
  public ChiSquare chiSquare(Map<String, Long> current) {
    AlignedCounts counts = AlignedCounts.of(reference, current);
    return ChiSquare.contingency(new long[][] {counts.reference(), counts.current()});
  }

  public double jensenShannon(Collection<String> current) {
    return jensenShannon(Distinct.count(current));
  }

  public double hellinger(Collection<String> current) {
    return hellinger(Distinct.count(current));
  }

  public double lInfinity(Collection<String> current) {
    return lInfinity(Distinct.count(current));
  }

  public ChiSquare chiSquare(Collection<String> current) {
    return chiSquare(Distinct.count(current));
  }

  private AlignedCounts withNewOnesAsOne(Map<String, Long> current) {
    String[] known = reference.keySet().stream().sorted().toArray(String[]::new);
    long[] before = new long[known.length + 1];
    long[] after = new long[known.length + 1];
    for (int i = 0; i < known.length; i++) {
      before[i] = reference.getOrDefault(known[i], 0L);
      after[i] = current.getOrDefault(known[i], 0L);
    }
    long all = current.values().stream().mapToLong(Long::longValue).sum();
    after[known.length] = all - Arrays.stream(after).sum();
    return new AlignedCounts(before, after);
  }
}
