package io.millrace.statistics.profile;

import java.util.Collections;
import java.util.List;

/**
 * What a confidence is worth: the share of right answers among those with about this confidence on
 * held-out rows, an increasing function that is linear between its points and level outside.
 *
 * @param confidences ascending, 0 to 1, at least one
 * @param accuracies not descending, 0 to 1, one a confidence
 */
public record ConfidenceCalibration(List<Double> confidences, List<Double> accuracies) {

  public ConfidenceCalibration {
    confidences = List.copyOf(confidences);
    accuracies = List.copyOf(accuracies);
    if (confidences.isEmpty() || confidences.size() != accuracies.size()) {
      throw new IllegalArgumentException(
          "A calibration has %d confidences and %d accuracies, expected as many and at least one"
              .formatted(confidences.size(), accuracies.size()));
    }
    for (int i = 0; i < confidences.size(); i++) {
      if (!isShare(confidences.get(i)) || !isShare(accuracies.get(i))) {
        throw new IllegalArgumentException("A calibration's point is not within 0 and 1");
      }
      if (i > 0
          && (confidences.get(i - 1) >= confidences.get(i)
              || accuracies.get(i - 1) > accuracies.get(i))) {
        throw new IllegalArgumentException("A calibration's points are not ascending");
      }
    }
  }

  /** The probability that an answer with this confidence is right. */
  public double calibrated(double confidence) {
    int last = confidences.size() - 1;
    if (!(confidence > confidences.get(0))) {
      return accuracies.get(0);
    }
    if (confidence >= confidences.get(last)) {
      return accuracies.get(last);
    }
    int found = Collections.binarySearch(confidences, confidence);
    if (found >= 0) {
      return accuracies.get(found);
    }
    int above = -found - 1;
    double from = confidences.get(above - 1);
    double share = (confidence - from) / (confidences.get(above) - from);
    double low = accuracies.get(above - 1);
    return low + share * (accuracies.get(above) - low);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }
}
