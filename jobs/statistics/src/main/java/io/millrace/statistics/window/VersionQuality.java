package io.millrace.statistics.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How right a version was in a window; the fields are those of a quality report.
 *
 * @param answered answers with a label
 * @param labelled of these, answers whose right label is known
 * @param labelDelayP50 in seconds; null without labels
 * @param labelDelayP95 in seconds; null without labels
 * @param accuracy null without labels, as are its interval, macroF1 and ece
 * @param accuracyLower of Wilson's interval, 95%
 * @param meanConfidence of all answers; null without answers
 * @param estimatedAccuracy of all answers, without labels; null when no answer is calibrated
 * @param estimateMethod null without an estimate
 * @param classes by label, of those that occur among the labelled answers
 * @param calibration the bins with labelled answers, ascending
 */
public record VersionQuality(
    long answered,
    long labelled,
    @Nullable Double labelDelayP50,
    @Nullable Double labelDelayP95,
    @Nullable Double accuracy,
    @Nullable Double accuracyLower,
    @Nullable Double accuracyUpper,
    @Nullable Double macroF1,
    @Nullable Double ece,
    @Nullable Double meanConfidence,
    @Nullable Double estimatedAccuracy,
    @Nullable String estimateMethod,
    List<ClassQuality> classes,
    List<CalibrationBin> calibration) {

  public VersionQuality {
    classes = List.copyOf(classes);
    calibration = List.copyOf(calibration);
  }
}
