package io.millrace.statistics.estimate;

/**
 * How often a binary classifier is expected to be right and wrong, from its own calibrated
 * probabilities and without labels: a predicted positive of probability p is p true and 1 - p false
 * positives, a predicted negative p false and 1 - p true negatives (CBPE, confidence-based
 * performance estimation). Sums of chunks are the sums of all.
 *
 * @param truePositives 0 or more
 * @param falsePositives 0 or more
 * @param trueNegatives 0 or more
 * @param falseNegatives 0 or more
 * @see <a
 *     href="https://github.com/NannyML/nannyml/blob/main/nannyml/performance_estimation/confidence_based/metrics.py">NannyML's
 *     confidence_based/metrics.py</a>
 */
public record ExpectedConfusion(
    double truePositives, double falsePositives, double trueNegatives, double falseNegatives) {

  public static final ExpectedConfusion NONE = new ExpectedConfusion(0, 0, 0, 0);

  /**
   * Of predictions.
   *
   * @param predictedPositive one a prediction
   * @param probabilities of the positive class, calibrated, 0 to 1; one a prediction
   */
  public static ExpectedConfusion of(boolean[] predictedPositive, double[] probabilities) {
    if (predictedPositive.length != probabilities.length) {
      throw new IllegalArgumentException(
          "Expected one probability a prediction, found %d of %d"
              .formatted(probabilities.length, predictedPositive.length));
    }
    ExpectedConfusion all = NONE;
    for (int i = 0; i < probabilities.length; i++) {
      all = all.plus(predictedPositive[i], probabilities[i]);
    }
    return all;
  }

  /**
   * With one prediction more.
   *
   * @param probability of the positive class, calibrated, 0 to 1
   */
  public ExpectedConfusion plus(boolean predictedPositive, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "Expected a probability from 0 to 1, found " + probability);
    }
    return predictedPositive
        ? plus(new ExpectedConfusion(probability, 1 - probability, 0, 0))
        : plus(new ExpectedConfusion(0, 0, 1 - probability, probability));
  }

  public ExpectedConfusion plus(ExpectedConfusion other) {
    return new ExpectedConfusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        trueNegatives + other.trueNegatives,
        falseNegatives + other.falseNegatives);
  }

  /** NaN without predictions. */
  public double accuracy() {
    double right = truePositives + trueNegatives;
    return right / (right + falsePositives + falseNegatives);
  }

  /** 0 where it is not defined, as NannyML has it; so are those that follow. */
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  public double recall() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  public double specificity() {
    return ratio(trueNegatives, trueNegatives + falsePositives);
  }

  public double f1() {
    return ratio(truePositives, truePositives + 0.5 * (falsePositives + falseNegatives));
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
