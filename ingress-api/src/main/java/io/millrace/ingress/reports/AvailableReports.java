package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.cache.ReportSeries;
import io.millrace.ingress.access.Caller;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Of what there are reports that the caller may see. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Of what there are reports that the caller may see.")
record AvailableReports(
    @ArraySchema(
            arraySchema = @Schema(description = "Those with the latest reports first."),
            schema = @Schema(type = "string", example = "1.0.0"))
        List<String> versions,
    @ArraySchema(
            arraySchema = @Schema(description = "Lengths of windows, the shortest first."),
            schema = @Schema(type = "string", example = "1m"))
        List<String> windows,
    @ArraySchema(
            arraySchema = @Schema(description = "all, and values of dimensions."),
            schema = @Schema(type = "string", example = "all"))
        List<String> segments) {

  AvailableReports {
    versions = List.copyOf(versions);
    windows = List.copyOf(windows);
    segments = List.copyOf(segments);
  }

  /** What the series of a model are of. */
  static AvailableReports of(List<ReportSeries.Known> known, Caller caller) {
    List<ReportSeries> series =
        known.stream()
            .map(ReportSeries.Known::series)
            .filter(one -> ReportQueries.maySee(caller, one.segment()))
            .toList();
    return new AvailableReports(
        series.stream().map(ReportSeries::version).distinct().limit(MAX_LISTED).toList(),
        series.stream()
            .map(ReportSeries::window)
            .distinct()
            .sorted()
            .map(WindowLength::label)
            .toList(),
        series.stream().map(ReportSeries::segment).distinct().sorted().limit(MAX_LISTED).toList());
  }

  /** More help nobody to choose. */
  private static final int MAX_LISTED = 200;
}
