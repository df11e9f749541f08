package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.DriftScore;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A score of drift. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "DriftScore", description = "A score of how far a window is from its reference.")
record ScoreView(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "jensen_shannon") String method,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Whose convention it follows.",
            type = "string",
            allowableValues = {"nannyml", "evidently", "millrace"},
            example = "nannyml")
        String profile,
    @Schema(nullable = true, example = "0.21") @Nullable Double value,
    @Schema(
            nullable = true,
            description = "At and above which it is a drift; null for a score without one.",
            example = "0.12")
        @Nullable Double threshold,
    @JsonProperty("p_value") @Schema(nullable = true, example = "0.0001") @Nullable Double pValue,
    @JsonProperty("adjusted_p_value")
        @Schema(
            nullable = true,
            description = "By Benjamini and Hochberg over the features of the window.",
            example = "0.0004")
        @Nullable Double adjustedPValue,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Whether it comes from a sketch.",
            example = "false")
        boolean approximate) {

  static ScoreView of(DriftScore score) {
    return new ScoreView(
        score.getMethod(),
        Numbers.label(score.getProfile()),
        Numbers.finite(score.getValue()),
        Numbers.finite(score.getThreshold()),
        Numbers.finite(score.getPValue()),
        Numbers.finite(score.getAdjustedPValue()),
        score.getApproximate());
  }
}
