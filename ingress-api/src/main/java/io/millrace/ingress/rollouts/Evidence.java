package io.millrace.ingress.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.MetricEvidence;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one metric of a rollout, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "What is known of one metric; a difference above 0 is worse.")
record Evidence(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {"error_rate", "latency", "accuracy", "agreement"},
            example = "error_rate")
        String metric,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Of the version in production; of agreement there is none.")
        EvidenceCounts production,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Of the candidate.")
        EvidenceCounts candidate,
    @Schema(
            nullable = true,
            description =
                "The candidate's share less production's, or less the margin of agreement; null"
                    + " without observations.",
            example = "0.002")
        @Nullable Double difference,
    @Schema(
            nullable = true,
            description = "The lower end of the confidence sequence of the difference.",
            example = "-0.006")
        @Nullable Double lower,
    @Schema(nullable = true, description = "Its upper end.", example = "0.009")
        @Nullable Double upper,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Up to which the difference is no reason to stop.",
            example = "0.01")
        double margin,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The metric's part of the plan's.",
            example = "0.0125")
        double alpha,
    @JsonProperty("threshold_seconds")
        @Schema(
            nullable = true,
            description = "Above which an answer was too slow; of latency alone.",
            example = "0.25")
        @Nullable Double thresholdSeconds,
    @JsonProperty("label_coverage")
        @Schema(
            nullable = true,
            description = "Share of the answers that have feedback; of accuracy alone.",
            example = "0.3")
        @Nullable Double labelCoverage,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {"insufficient", "undecided", "not_worse", "worse"},
            example = "not_worse")
        String verdict) {

  static Evidence of(MetricEvidence evidence) {
    return new Evidence(
        Labels.of(evidence.getMetric()),
        EvidenceCounts.of(evidence.getProduction()),
        EvidenceCounts.of(evidence.getCandidate()),
        evidence.getDifference(),
        evidence.getLower(),
        evidence.getUpper(),
        evidence.getMargin(),
        evidence.getAlpha(),
        evidence.getThresholdSeconds(),
        evidence.getLabelCoverage(),
        Labels.of(evidence.getVerdict()));
  }

  static List<Evidence> of(List<MetricEvidence> evidence) {
    return evidence.stream().map(Evidence::of).toList();
  }
}
