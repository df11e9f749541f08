package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.NumericSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Moments and quantiles of a numeric feature. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Moments and quantiles of a numeric feature.")
record FeatureSummary(
    @Schema(nullable = true, example = "11.2") @Nullable Double mean,
    @Schema(nullable = true, description = "Of the population.", example = "4.1")
        @Nullable Double deviation,
    @Schema(nullable = true, example = "2.0") @Nullable Double min,
    @Schema(nullable = true, example = "5.0") @Nullable Double p05,
    @Schema(nullable = true, example = "8.0") @Nullable Double p25,
    @Schema(nullable = true, example = "11.0") @Nullable Double p50,
    @Schema(nullable = true, example = "14.0") @Nullable Double p75,
    @Schema(nullable = true, example = "18.0") @Nullable Double p95,
    @Schema(nullable = true, example = "31.0") @Nullable Double max) {

  static @Nullable FeatureSummary of(@Nullable NumericSummary summary) {
    return summary == null
        ? null
        : new FeatureSummary(
            Numbers.finite(summary.getMean()),
            Numbers.finite(summary.getDeviation()),
            Numbers.finite(summary.getMin()),
            Numbers.finite(summary.getP05()),
            Numbers.finite(summary.getP25()),
            Numbers.finite(summary.getP50()),
            Numbers.finite(summary.getP75()),
            Numbers.finite(summary.getP95()),
            Numbers.finite(summary.getMax()));
  }
}
