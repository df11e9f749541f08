package io.millrace.statistics.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a classifier is right as often as it is sure: the expected calibration error of the
 * likeliest label, over {@value #BINS} bins of equal width.
 *
 * <p>Bin m of M holds the confidences in ((m - 1) / M, m / M], the first one 0 as well; ECE = sum
 * over the bins of n_m / n |accuracy_m - mean confidence_m|.
 *
 * @param ece 0 for a perfect one, at most 1; NaN without rows
 * @param bins ascending; those without rows too
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo, Pleiss, Sun, Weinberger: On Calibration of
 *     Modern Neural Networks (ICML 2017), equations 2, 3 and 5</a>
 */
public record Calibration(double ece, List<Bin> bins) {

  /** As many as in the paper's experiments. */
  public static final int BINS = 15;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Rows whose confidences lie close together.
   *
   * @param from the lower edge, not part of the bin
   * @param to the upper edge
   * @param meanConfidence NaN without rows
   * @param accuracy share of right labels; NaN without rows
   */
  public record Bin(double from, double to, int rows, double meanConfidence, double accuracy) {}

  /**
   * Sorts answers into the bins.
   *
   * @param confidences 0 to 1
   * @param right whether the answer of the same position was right
   */
  public static Calibration of(double[] confidences, boolean[] right) {
    int[] rows = new int[BINS];
    int[] hits = new int[BINS];
    double[] sums = new double[BINS];
    for (int i = 0; i < confidences.length; i++) {
      int bin = bin(confidences[i]);
      rows[bin]++;
      hits[bin] += right[i] ? 1 : 0;
      sums[bin] += confidences[i];
    }
    double error = 0;
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(hits[bin] - sums[bin]);
      bins.add(
          new Bin(
              (double) bin / BINS,
              (bin + 1.0) / BINS,
              rows[bin],
              sums[bin] / rows[bin],
              (double) hits[bin] / rows[bin]));
    }
    return new Calibration(error / confidences.length, bins);
  }

  /** The position of the bin that a confidence falls in. */
  public static int bin(double confidence) {
    int bin = (int) Math.ceil(confidence * BINS) - 1;
    return Math.min(Math.max(bin, 0), BINS - 1);
  }
}
