package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.MetricGuard;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the latency of a rollout is guarded, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "How the share of answers that are slower than a threshold is guarded.")
public record LatencyGuard(
    @Schema(
            description = "How much larger the candidate's share may be for it to go on.",
            example = "0.05")
        double margin,
    @JsonProperty("minimum_detectable_effect")
        @Schema(description = "The difference that it is tuned to find.", example = "0.05")
        double minimumDetectableEffect,
    @JsonProperty("threshold_seconds")
        @Schema(
            nullable = true,
            description =
                "Above it an answer is too slow; null for 1.3 times the 99th percentile of the"
                    + " version in production, frozen before the first step.",
            example = "0.25")
        @Nullable Double thresholdSeconds) {

  static @Nullable LatencyGuard of(@Nullable MetricGuard guard, @Nullable Double thresholdSeconds) {
    return guard == null
        ? null
        : new LatencyGuard(guard.getMargin(), guard.getMinimumDetectableEffect(), thresholdSeconds);
  }
}
