package io.millrace.statistics.estimate;

/**
 * How often a classifier of any number of classes is expected to be right, from its calibrated
 * probabilities and without labels: the mean probability of the predicted class (CBPE). Sums of
 * chunks are the sums of all.
 *
 * @param predictions 0 or more
 * @param sum of the predicted classes' calibrated probabilities
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/performance_estimation/confidence_based/metrics.py">NannyML's
 *     MulticlassClassificationAccuracy</a>
 */
public record ExpectedAccuracy(long predictions, double sum) {

  public static final ExpectedAccuracy NONE = new ExpectedAccuracy(0, 0);

  /**
   * Of predictions.
   *
   * @param predicted the predicted class's position, one a prediction
   * @param probabilities of all classes, calibrated, one row a prediction
   */
  public static ExpectedAccuracy of(int[] predicted, double[][] probabilities) {
    if (predicted.length != probabilities.length) {
      throw new IllegalArgumentException(
          "Expected probabilities of each prediction, found %d of %d"
              .formatted(probabilities.length, predicted.length));
    }
    ExpectedAccuracy all = NONE;
    for (int i = 0; i < predicted.length; i++) {
      all = all.plus(probabilities[i][predicted[i]]);
    }
    return all;
  }

  /**
   * With one prediction more.
   *
   * @param probability of the predicted class, calibrated, 0 to 1
   */
  public ExpectedAccuracy plus(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "Expected a probability from 0 to 1, found " + probability);
    }
    return new ExpectedAccuracy(predictions + 1, sum + probability);
  }

  public ExpectedAccuracy plus(ExpectedAccuracy other) {
    return new ExpectedAccuracy(predictions + other.predictions, sum + other.sum);
  }

  /** NaN without predictions. */
  public double accuracy() {
    return sum / predictions;
  }
}
