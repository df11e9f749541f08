package io.millrace.statistics.profile;

import io.millrace.statistics.estimate.IsotonicRegression;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a confidence is worth: the share of right answers among those with about this confidence on
 * held-out rows.
 *
 * @param curve from confidence to accuracy, within 0 and 1
 */
public record ConfidenceCalibration(IsotonicRegression curve) {

  public ConfidenceCalibration {
    if (!areShares(curve.thresholds()) || !areShares(curve.values())) {
      throw new IllegalArgumentException(
          "A calibration has confidences or accuracies beyond 0 and 1");
    }
  }

  /**
   * Fits held-out answers.
   *
   * @param confidences 0 to 1, at least one
   * @param right whether the answer of the same position was right
   */
  public static ConfidenceCalibration fit(double[] confidences, boolean[] right) {
    double[] outcomes =
        IntStream.range(0, right.length).mapToDouble(i -> right[i] ? 1 : 0).toArray();
    return new ConfidenceCalibration(IsotonicRegression.fit(confidences, outcomes));
  }

  /** The probability that an answer with this confidence is right; NaN for NaN. */
  public double calibrated(double confidence) {
    return curve.predict(confidence);
  }

  private static boolean areShares(List<Double> values) {
    return values.stream().allMatch(value -> value >= 0 && value <= 1);
  }
}
