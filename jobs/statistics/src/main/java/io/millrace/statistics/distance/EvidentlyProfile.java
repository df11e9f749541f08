package io.millrace.statistics.distance;

import java.util.Collection;
import java.util.Map;

/**
 * Drift as evidently's legacy presets have it, on whole samples: NaN and infinities are dropped; a
 * number with more than 20 distinct values in the reference is counted in bins by Sturges' rule on
 * both samples together, else each value by itself.
 *
 * <p>By default a reference of up to {@value #SMALL_REFERENCE} values is tested: numbers of more
 * than {@value #FEW_DISTINCT} distinct values (of both samples) by Kolmogorov-Smirnov, else by
 * chi-square, or z for one or two values. A larger one is measured: such numbers by the normed
 * Wasserstein distance, else by the Jensen-Shannon distance.
 *
 * @see <a
 *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/stattests/registry.py">evidently's
 *     registry.py, _get_default_stattest</a>; <a
 *     href="https://github.com/evidentlyai/evidently/blob/main/src/evidently/legacy/calculations/data_drift.py">data_drift.py</a>
 */
public final class EvidentlyProfile {

  /** The share of features that must have drifted for the data set to have. */
  public static final double DRIFT_SHARE = 0.5;

  static final int SMALL_REFERENCE = 1_000;
  static final int FEW_DISTINCT = 5;

  private EvidentlyProfile() {}

  /**
   * Of numbers, by the default test.
   *
   * @param reference at least one finite number
   * @param current at least one finite number
   */
  public static EvidentlyScore numbers(double[] reference, double[] current) {
    EvidentlyNumbers numbers = new EvidentlyNumbers(reference, current, false);
    EvidentlyTest test = numbers.defaultTest();
    return EvidentlyScore.of(test, numbers.score(test));
  }

  /** Of numbers, by this test. */
  public static EvidentlyScore numbers(EvidentlyTest test, double[] reference, double[] current) {
    return EvidentlyScore.of(test, new EvidentlyNumbers(reference, current, false).score(test));
  }

  /**
   * Of whole numbers, by the default test; their bins are not narrower than 1.
   *
   * @param reference at least one
   * @param current at least one
   */
  public static EvidentlyScore integers(long[] reference, long[] current) {
    EvidentlyNumbers numbers = wholeNumbers(reference, current);
    EvidentlyTest test = numbers.defaultTest();
    return EvidentlyScore.of(test, numbers.score(test));
  }

  /** Of whole numbers, by this test. */
  public static EvidentlyScore integers(EvidentlyTest test, long[] reference, long[] current) {
    return EvidentlyScore.of(test, wholeNumbers(reference, current).score(test));
  }

  /**
   * Of categories, by the default test.
   *
   * @param reference at least one value
   * @param current at least one value
   */
  public static EvidentlyScore categories(
      Collection<String> reference, Collection<String> current) {
    return categories(Distinct.count(reference), Distinct.count(current));
  }

  /** Of categories, by this test. */
  public static EvidentlyScore categories(
      EvidentlyTest test, Collection<String> reference, Collection<String> current) {
    return categories(test, Distinct.count(reference), Distinct.count(current));
  }

  /**
   * Of counted categories, by the default test.
   *
   * @param reference above 0 each
   * @param current above 0 each
   */
  public static EvidentlyScore categories(Map<String, Long> reference, Map<String, Long> current) {
    EvidentlyCounts counts = new EvidentlyCounts(AlignedCounts.of(reference, current));
    EvidentlyTest test = counts.defaultTest();
    return EvidentlyScore.of(test, counts.score(test));
  }

  /** Of counted categories, by this test. */
  public static EvidentlyScore categories(
      EvidentlyTest test, Map<String, Long> reference, Map<String, Long> current) {
    return EvidentlyScore.of(
        test, new EvidentlyCounts(AlignedCounts.of(reference, current)).score(test));
  }

  /** Whether a data set has drifted: a share of {@value #DRIFT_SHARE} of its features or more. */
  public static boolean datasetDrift(Collection<EvidentlyScore> features) {
    long drifted = features.stream().filter(EvidentlyScore::drift).count();
    return !features.isEmpty() && (double) drifted / features.size() >= DRIFT_SHARE;
  }

  private static EvidentlyNumbers wholeNumbers(long[] reference, long[] current) {
    return new EvidentlyNumbers(doubles(reference), doubles(current), true);
  }

  private static double[] doubles(long[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
