package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.QualityReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How right a version was in a window. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "How right a version was in one window.")
record QualityWindow(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.0.0") String version,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            example = "2026-11-22T10:15:00Z")
        Instant start,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "Exclusive.",
            example = "2026-11-22T10:16:00Z")
        Instant end,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description =
                "How often the window was issued before; above 0 late labels or answers changed it.",
            example = "2")
        int revision,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers with a label.",
            example = "1204")
        long answered,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Of these, answers whose right label is known.",
            example = "240")
        long labelled,
    @JsonProperty("label_coverage")
        @Schema(nullable = true, description = "labelled / answered.", example = "0.199")
        @Nullable Double labelCoverage,
    @JsonProperty("label_delay_p50_seconds")
        @Schema(nullable = true, description = "From the answer to its label.", example = "95.0")
        @Nullable Double labelDelayP50Seconds,
    @JsonProperty("label_delay_p95_seconds") @Schema(nullable = true, example = "610.0")
        @Nullable Double labelDelayP95Seconds,
    @Schema(
            nullable = true,
            description = "Share of right answers of the labelled ones.",
            example = "0.925")
        @Nullable Double accuracy,
    @JsonProperty("accuracy_lower")
        @Schema(nullable = true, description = "Wilson's interval, 95%.", example = "0.885")
        @Nullable Double accuracyLower,
    @JsonProperty("accuracy_upper") @Schema(nullable = true, example = "0.952")
        @Nullable Double accuracyUpper,
    @JsonProperty("macro_f1") @Schema(nullable = true, example = "0.918") @Nullable Double macroF1,
    @Schema(
            nullable = true,
            description = "Expected calibration error of the labelled answers.",
            example = "0.031")
        @Nullable Double ece,
    @JsonProperty("mean_confidence")
        @Schema(nullable = true, description = "Of all answers.", example = "0.9")
        @Nullable Double meanConfidence,
    @JsonProperty("estimated_accuracy")
        @Schema(
            nullable = true,
            description =
                "An estimate that needs no labels, of all answers; null for a version that was not calibrated.",
            example = "0.917")
        @Nullable Double estimatedAccuracy,
    @JsonProperty("estimate_method") @Schema(nullable = true, example = "cbpe")
        @Nullable String estimateMethod,
    @JsonProperty("reference_accuracy")
        @Schema(nullable = true, description = "The baseline of the package.", example = "0.93")
        @Nullable Double referenceAccuracy,
    @JsonProperty("accuracy_floor")
        @Schema(nullable = true, description = "Below which an alert is due.", example = "0.88")
        @Nullable Double accuracyFloor,
    @Schema(nullable = true, description = "Of one window asked for with at; else null.")
        @Nullable List<ClassView> classes,
    @Schema(nullable = true, description = "Of one window asked for with at; else null.")
        @Nullable List<CalibrationView> calibration) {

  QualityWindow {
    classes = classes == null ? null : List.copyOf(classes);
    calibration = calibration == null ? null : List.copyOf(calibration);
  }

  /**
   * @param whole with classes and calibration
   */
  static QualityWindow of(QualityReport report, boolean whole) {
    return new QualityWindow(
        report.getVersion(),
        report.getWindowStart(),
        report.getWindowEnd(),
        report.getRevision(),
        report.getAnswered(),
        report.getLabelled(),
        report.getAnswered() == 0 ? null : (double) report.getLabelled() / report.getAnswered(),
        Numbers.finite(report.getLabelDelayP50Seconds()),
        Numbers.finite(report.getLabelDelayP95Seconds()),
        Numbers.finite(report.getAccuracy()),
        Numbers.finite(report.getAccuracyLower()),
        Numbers.finite(report.getAccuracyUpper()),
        Numbers.finite(report.getMacroF1()),
        Numbers.finite(report.getEce()),
        Numbers.finite(report.getMeanConfidence()),
        Numbers.finite(report.getEstimatedAccuracy()),
        report.getEstimateMethod(),
        Numbers.finite(report.getReferenceAccuracy()),
        Numbers.finite(report.getAccuracyFloor()),
        whole ? report.getClasses().stream().map(ClassView::of).toList() : null,
        whole ? report.getCalibration().stream().map(CalibrationView::of).toList() : null);
  }
}
