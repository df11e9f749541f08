package io.millrace.statistics;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts a classifier's answers to rows whose labels are known. Not safe for use by several
 * threads.
 */
public final class ClassificationMetrics {

  /** The smallest step above 1 of an FP32: a probability of 0 would make the loss infinite. */
  private static final double MIN_PROBABILITY = Math.ulp(1f);

  private final Map<String, Counts> classes = new TreeMap<>();
  private int rows;
  private int right;
  private double logLossSum;

  /**
   * Adds one row.
   *
   * @param label the true label
   * @param predicted the label that the model gave
   * @param probability what the model gave the true label, 0 to 1
   */
  public void add(String label, String predicted, double probability) {
    rows++;
    counts(label).actual++;
    counts(predicted).predicted++;
    if (label.equals(predicted)) {
      right++;
      counts(label).right++;
    }
    logLossSum -= Math.log(Math.max(probability, MIN_PROBABILITY));
  }

  public int rows() {
    return rows;
  }

  /** Share of right labels; NaN without rows. */
  public double accuracy() {
    return (double) right / rows;
  }

  /**
   * Mean over the classes that occur, as label or as prediction, of the harmonic mean of precision
   * and recall, as {@code sklearn.metrics.f1_score(average="macro")} has it; NaN without rows.
   */
  public double macroF1() {
    return classes.values().stream().mapToDouble(Counts::f1).average().orElse(Double.NaN);
  }

  /** Mean negative natural logarithm of the true label's probability; NaN without rows. */
  public double logLoss() {
    return logLossSum / rows;
  }

  private Counts counts(String label) {
    return classes.computeIfAbsent(label, key -> new Counts());
  }

  private static final class Counts {
    private int actual;
    private int predicted;
    private int right;

    double f1() {
      return 2.0 * right / (actual + predicted);
    }
  }
}
