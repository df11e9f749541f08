package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.CostReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** The cost of a version for a tenant in a window. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The cost of a version for a tenant in one window.")
record CostWindow(
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
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.0.0") String version,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "acme") String tenant,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "How often the window was issued before.",
            example = "0")
        int revision,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) CostSums sums) {

  static CostWindow of(CostReport report) {
    return new CostWindow(
        report.getWindowStart(),
        report.getWindowEnd(),
        report.getVersion(),
        report.getTenant(),
        report.getRevision(),
        CostSums.of(List.of(report)));
  }
}
