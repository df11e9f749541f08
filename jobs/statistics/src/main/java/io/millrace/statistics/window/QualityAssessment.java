package io.millrace.statistics.window;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Says how right a version was in a window. */
public final class QualityAssessment {

  /** The mean of the calibrated confidences: confidence-based performance estimation. */
  public static final String CBPE = "cbpe";

  private static final double Z =
      NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - 0.95) / 2);

  private QualityAssessment() {}

  /**
   * The figures of a window.
   *
   * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson (1927), Journal of the
   *     American Statistical Association 22(158)</a>, of the accuracy's interval; the calibration
   *     error as in {@link io.millrace.statistics.evaluation.Calibration}; the macro F1 as in
   *     {@link io.millrace.statistics.ClassificationMetrics}
   */
  public static VersionQuality assess(QualitySummary window) {
    long n = window.labelled();
    Double estimate = window.expectedAccuracy();
    String method = estimate == null ? null : CBPE;
    if (n == 0) {
      return new VersionQuality(
          window.answered(),
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          window.meanConfidence(),
          estimate,
          method,
          List.of(),
          List.of());
    }
    double accuracy = (double) window.hits() / n;
    double middle = (accuracy + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double radius =
        Z * Math.sqrt(accuracy * (1 - accuracy) / n + Z * Z / (4.0 * n * n)) / (1 + Z * Z / n);
    List<ClassQuality> classes = window.classes();
    List<CalibrationBin> bins = window.calibrationBins();
    return new VersionQuality(
        window.answered(),
        n,
        window.delays().quantile(0.5),
        window.delays().quantile(0.95),
        accuracy,
        Math.max(0, middle - radius),
        Math.min(1, middle + radius),
        classes.stream().mapToDouble(ClassQuality::f1).average().orElse(0),
        ece(bins, n),
        window.meanConfidence(),
        estimate,
        method,
        classes,
        bins);
  }

  private static double ece(List<CalibrationBin> bins, long n) {
    return bins.stream()
            .mapToDouble(bin -> bin.n() * Math.abs(bin.accuracy() - bin.meanConfidence()))
            .sum()
        / n;
  }
}
