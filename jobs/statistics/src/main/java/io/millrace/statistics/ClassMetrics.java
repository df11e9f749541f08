package io.millrace.statistics;

/**
 * How a classifier did on one class.
 *
 * @param rows that have the label
 * @param predicted rows that the classifier gave the label
 * @param right rows that are both
 */
public record ClassMetrics(int rows, int predicted, int right) {

  /** Share of the predictions that are right; 0 without predictions, as scikit-learn has it. */
  public double precision() {
    return predicted == 0 ? 0 : (double) right / predicted;
  }

  /** Share of the rows that were found; 0 without rows, as scikit-learn has it. */
  public double recall() {
    return rows == 0 ? 0 : (double) right / rows;
  }

  /** Harmonic mean of precision and recall; 0 for a class that occurs nowhere. */
  public double f1() {
    return rows + predicted == 0 ? 0 : 2.0 * right / (rows + predicted);
  }
}
