package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.DriftReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The features of a window. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The features of one window.")
record DriftWindow(
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
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<FeatureDrift> features) {

  DriftWindow {
    features = List.copyOf(features);
  }

  /** Reports by their windows. */
  static List<DriftWindow> of(List<DriftReport> reports) {
    SortedMap<Instant, List<DriftReport>> byStart = new TreeMap<>();
    for (DriftReport report : reports) {
      byStart.computeIfAbsent(report.getWindowStart(), start -> new ArrayList<>()).add(report);
    }
    return byStart.values().stream()
        .map(
            window ->
                new DriftWindow(
                    window.get(0).getWindowStart(),
                    window.get(0).getWindowEnd(),
                    window.stream().map(FeatureDrift::of).toList()))
        .toList();
  }
}
