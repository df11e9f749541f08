package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftScore;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far a feature was from its reference in a window, in short. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "How far one feature was from its reference in a window, in short.")
record FeatureDrift(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "token_count") String feature,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {"numeric", "categorical", "embedding"},
            example = "numeric")
        String kind,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description =
                "insufficient below the least number of observations; drift when score and p-value both say so.",
            type = "string",
            allowableValues = {"drift", "stable", "insufficient"},
            example = "drift")
        String verdict,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The score that is decisive.",
            example = "jensen_shannon")
        String method,
    @Schema(
            nullable = true,
            description = "The decisive score; null without one.",
            example = "0.21")
        @Nullable Double score,
    @Schema(
            nullable = true,
            description = "At and above which the score is a drift.",
            example = "0.12")
        @Nullable Double threshold,
    @JsonProperty("p_value")
        @Schema(
            nullable = true,
            description = "Adjusted over the features of the window by Benjamini and Hochberg.",
            example = "0.0004")
        @Nullable Double pValue,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Observations with a value.",
            example = "1204")
        long n,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Observations without one.",
            example = "0")
        long missing,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "How often the window was issued before; above 0 late data changed it.",
            example = "0")
        int revision,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Observations that came after its first issue.",
            example = "0")
        long late) {

  static FeatureDrift of(DriftReport report) {
    DriftScore decisive = report.getScores().isEmpty() ? null : report.getScores().get(0);
    return new FeatureDrift(
        report.getFeature(),
        Numbers.label(report.getKind()),
        Numbers.label(report.getVerdict()),
        report.getMethod(),
        decisive == null ? null : Numbers.finite(decisive.getValue()),
        decisive == null ? null : Numbers.finite(decisive.getThreshold()),
        decisive == null ? null : Numbers.finite(p(decisive)),
        report.getN(),
        report.getMissing(),
        report.getRevision(),
        report.getLate());
  }

  /** The adjusted one; that of a score that was not adjusted. */
  static @Nullable Double p(DriftScore score) {
    return score.getAdjustedPValue() == null ? score.getPValue() : score.getAdjustedPValue();
  }
}
