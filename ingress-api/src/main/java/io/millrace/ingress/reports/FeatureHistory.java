package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drift of a feature over time, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    description = "Drift of one feature of a version by window, with scores, bins and summaries.")
record FeatureHistory(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @Schema(nullable = true, example = "1.0.0") @Nullable String version,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "token_count") String feature,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Length of the windows.",
            example = "1m")
        String window,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "all") String segment,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "The first start of a window.",
            example = "2026-11-22T10:15:00Z")
        Instant from,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "End of the starts, exclusive.",
            example = "2026-11-22T12:15:00Z")
        Instant to,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<FeatureWindow> windows,
    @JsonProperty("complete_until")
        @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description =
                "Every report made before is here; null while the read side is being filled.",
            example = "2026-11-22T10:16:02Z")
        @Nullable Instant completeUntil,
    @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description =
                "From where to go on when there is more than one answer holds; null when this is all.",
            example = "2026-11-22T11:00:00Z")
        @Nullable Instant next) {

  FeatureHistory {
    windows = List.copyOf(windows);
  }
}
