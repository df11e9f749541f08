package io.millrace.inference.report;

import io.millrace.schemas.avro.CalibrationBin;
import io.millrace.schemas.avro.ClassQuality;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.statistics.window.VersionQuality;
import org.jspecify.annotations.Nullable;

/** The quality of a version as a report. */
public final class QualityReports {

  private QualityReports() {}

  /**
   * The report of a window.
   *
   * @param baseline accuracy of the package's baseline; null when it has none
   * @param floor below which an alert is due; null for none
   */
  public static QualityReport of(
      ReportWindow window,
      VersionQuality quality,
      @Nullable Double baseline,
      @Nullable Double floor) {
    return QualityReport.newBuilder()
        .setModel(window.model())
        .setVersion(window.version())
        .setSegment(window.segment())
        .setWindowStart(window.start())
        .setWindowEnd(window.end())
        .setRevision(window.revision())
        .setAnswered(quality.answered())
        .setLabelled(quality.labelled())
        .setLabelDelayP50Seconds(quality.labelDelayP50())
        .setLabelDelayP95Seconds(quality.labelDelayP95())
        .setAccuracy(quality.accuracy())
        .setAccuracyLower(quality.accuracyLower())
        .setAccuracyUpper(quality.accuracyUpper())
        .setMacroF1(quality.macroF1())
        .setEce(quality.ece())
        .setMeanConfidence(quality.meanConfidence())
        .setEstimatedAccuracy(quality.estimatedAccuracy())
        .setEstimateMethod(quality.estimateMethod())
        .setReferenceAccuracy(baseline)
        .setAccuracyFloor(floor)
        .setClasses(
            quality.classes().stream()
                .map(
                    one ->
                        new ClassQuality(one.label(), one.support(), one.predicted(), one.hits()))
                .toList())
        .setCalibration(
            quality.calibration().stream()
                .map(
                    bin ->
                        new CalibrationBin(
                            bin.lower(),
                            bin.upper(),
                            bin.n(),
                            bin.meanConfidence(),
                            bin.accuracy()))
                .toList())
        .setCreatedAt(window.createdAt())
        .build();
  }
}
