package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.MetricGuard;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How one metric of a rollout is guarded, as the API shows it. */
@Serdeable.Serializable
@Schema(description = "How one metric, a share of bad events, is guarded.")
public record Guard(
    @Schema(
            description = "How much larger the candidate's share may be for it to go on.",
            example = "0.01")
        double margin,
    @JsonProperty("minimum_detectable_effect")
        @Schema(description = "The difference that it is tuned to find.", example = "0.02")
        double minimumDetectableEffect) {

  static @Nullable Guard of(@Nullable MetricGuard guard) {
    return guard == null ? null : new Guard(guard.getMargin(), guard.getMinimumDetectableEffect());
  }
}
