package io.millrace.statistics.evaluation;

import io.millrace.statistics.ClassificationMetrics;
import java.util.List;
import java.util.function.Function;

/**
 * How right one version is, and how well it knows it.
 *
 * @param macroF1 mean of the classes' F1
 * @param logLoss mean negative natural logarithm of the true label's probability
 */
public record VersionQuality(
    double accuracy, double macroF1, double logLoss, Calibration calibration) {

  static VersionQuality of(
      List<PairedRow> rows,
      Function<PairedRow, ScoredAnswer> version,
      ClassificationMetrics metrics) {
    double[] confidences = new double[rows.size()];
    boolean[] right = new boolean[rows.size()];
    for (int i = 0; i < confidences.length; i++) {
      PairedRow row = rows.get(i);
      ScoredAnswer answer = version.apply(row);
      confidences[i] = answer.confidence();
      right[i] = answer.predicted().equals(row.label());
    }
    return new VersionQuality(
        metrics.accuracy(),
        metrics.macroF1(),
        metrics.logLoss(),
        Calibration.of(confidences, right));
  }
}
