package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.DriftReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A feature in a window, with everything that is known of it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "One feature in one window.")
record FeatureWindow(
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
        long late,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) ReferenceSample reference,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<ScoreView> scores,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<BinView> bins,
    @JsonProperty("reference_summary")
        @Schema(type = "object", nullable = true, description = "Of a numeric feature.")
        @Nullable FeatureSummary referenceSummary,
    @Schema(
            type = "object",
            nullable = true,
            description = "Of a numeric feature in a window that is not empty.")
        @Nullable FeatureSummary summary,
    @JsonProperty("created_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When the window was issued.",
            example = "2026-11-22T10:16:02Z")
        Instant createdAt) {

  FeatureWindow {
    scores = List.copyOf(scores);
    bins = List.copyOf(bins);
  }

  static FeatureWindow of(DriftReport report) {
    return new FeatureWindow(
        report.getWindowStart(),
        report.getWindowEnd(),
        Numbers.label(report.getKind()),
        Numbers.label(report.getVerdict()),
        report.getMethod(),
        report.getN(),
        report.getMissing(),
        report.getRevision(),
        report.getLate(),
        ReferenceSample.of(report.getReference()),
        report.getScores().stream().map(ScoreView::of).toList(),
        report.getBins().stream().map(BinView::of).toList(),
        FeatureSummary.of(report.getReferenceSummary()),
        FeatureSummary.of(report.getSummary()),
        report.getCreatedAt());
  }
}
