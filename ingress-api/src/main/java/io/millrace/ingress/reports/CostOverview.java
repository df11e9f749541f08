package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cost by version and tenant, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Cost by version and tenant: over the range, and by window.")
record CostOverview(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Length of the windows.",
            example = "1m")
        String window,
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
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<CostTotal> totals,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<CostWindow> windows,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) AvailableReports available,
    @JsonProperty("complete_until")
        @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description =
                "Every report made before is here; null while the read side is being filled.",
            example = "2026-11-22T10:16:02Z")
        @Nullable Instant completeUntil) {

  CostOverview {
    totals = List.copyOf(totals);
    windows = List.copyOf(windows);
  }
}
