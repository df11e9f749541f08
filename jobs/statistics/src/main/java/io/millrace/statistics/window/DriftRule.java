package io.millrace.statistics.window;

/**
 * When a feature drifted: its decisive score is at or above its threshold, and the p-value,
 * adjusted over the features of the window, is below alpha.
 *
 * @param leastObservations of the window and of its reference, below which there is no verdict
 * @param alpha the false discovery rate, above 0 and below 1
 * @param permutations at most, of the test on vectors
 */
public record DriftRule(long leastObservations, double alpha, int permutations) {

  public static final DriftRule DEFAULT = new DriftRule(500, 0.05, 999);

  public DriftRule {
    if (leastObservations < 1) {
      throw new IllegalArgumentException(
          "The least observations of a window are " + leastObservations + ", expected at least 1");
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("Alpha is " + alpha + ", expected above 0 and below 1");
    }
    if (permutations < 99) {
      throw new IllegalArgumentException(
          "The permutations are " + permutations + ", expected at least 99");
    }
  }
}
