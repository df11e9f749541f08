package io.millrace.statistics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts a classifier's answers to rows whose labels are known. Not safe for use by several
 * threads.
 */
public final class ClassificationMetrics {

  /** The smallest step above 1 of an FP32: a probability of 0 would make the loss infinite. */
  private static final double MIN_PROBABILITY = Math.ulp(1f);

  /** Rows by label and prediction. */
  private final SortedMap<String, SortedMap<String, Integer>> confusions = new TreeMap<>();

  private int rows;
  private double logLossSum;

  /**
   * The log loss of one row: the negative natural logarithm of what the model gave the true label,
   * with a bound for a probability of 0.
   */
  public static double logLoss(double probability) {
    return -Math.log(Math.max(probability, MIN_PROBABILITY));
  }

  /**
   * Adds one row.
   *
   * @param label the true label
   * @param predicted the label that the model gave
   * @param probability what the model gave the true label, 0 to 1
   */
  public void add(String label, String predicted, double probability) {
    rows++;
    confusions.computeIfAbsent(label, key -> new TreeMap<>()).merge(predicted, 1, Integer::sum);
    logLossSum += logLoss(probability);
  }

  public int rows() {
    return rows;
  }

  /** Share of right labels; NaN without rows. */
  public double accuracy() {
    return classes().values().stream().mapToDouble(ClassMetrics::right).sum() / rows;
  }

  /**
   * Mean over the classes that occur, as label or as prediction, of the harmonic mean of precision
   * and recall, as {@code sklearn.metrics.f1_score(average="macro")} has it; NaN without rows.
   */
  public double macroF1() {
    return classes().values().stream().mapToDouble(ClassMetrics::f1).average().orElse(Double.NaN);
  }

  /** Mean negative natural logarithm of the true label's probability; NaN without rows. */
  public double logLoss() {
    return logLossSum / rows;
  }

  /** The classes that occur, as label or as prediction. */
  public SortedMap<String, ClassMetrics> classes() {
    SortedMap<String, Integer> actual = new TreeMap<>();
    SortedMap<String, Integer> predicted = new TreeMap<>();
    confusions.forEach(
        (label, predictions) ->
            predictions.forEach(
                (prediction, count) -> {
                  actual.merge(label, count, Integer::sum);
                  predicted.merge(prediction, count, Integer::sum);
                  actual.putIfAbsent(prediction, 0);
                }));
    SortedMap<String, ClassMetrics> classes = new TreeMap<>();
    actual.forEach(
        (name, count) ->
            classes.put(
                name,
                new ClassMetrics(count, predicted.getOrDefault(name, 0), confusions(name, name))));
    return classes;
  }

  /** Rows of a label that got a prediction. */
  public int confusions(String label, String prediction) {
    return confusions.getOrDefault(label, new TreeMap<>()).getOrDefault(prediction, 0);
  }

  /** The predictions that rows of a label got, with their counts. */
  public Map<String, Integer> predictions(String label) {
    return Map.copyOf(confusions.getOrDefault(label, new TreeMap<>()));
  }
}
