package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.models.ModelCatalog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;

/** {@code /v1/models/{model}/drift}, {@code /quality} and {@code /cost}. */
@Controller("/v1/models/{model}")
@Tag(name = "Reports")
final class ReportsController {

  private static final String DRIFT_CSV =
      """
      window_start,window_end,version,segment,feature,kind,verdict,method,score,threshold,p_value,n,missing,revision,late
      2026-11-22T10:15:00Z,2026-11-22T10:16:00Z,1.0.0,all,token_count,numeric,drift,jensen_shannon,0.21,0.12,0.0004,1204,0,0,0
      """;

  private static final String FEATURE_CSV =
      """
      window_start,window_end,version,segment,feature,n,lower,upper,category,reference_share,share,contribution
      2026-11-22T10:15:00Z,2026-11-22T10:16:00Z,1.0.0,all,token_count,1204,4.0,8.0,,0.18,0.31,0.012
      """;

  private static final String QUALITY_CSV =
      """
      window_start,window_end,version,segment,answered,labelled,label_coverage
      2026-11-22T10:15:00Z,2026-11-22T10:16:00Z,1.0.0,all,1204,240,0.199
      """;

  private static final String COST_CSV =
      """
      window_start,window_end,version,tenant,computed,cached,coalesced
      2026-11-22T10:15:00Z,2026-11-22T10:16:00Z,1.0.0,acme,700,300,12
      """;

  private final ModelCatalog catalog;
  private final DriftReports drift;
  private final QualityReports quality;
  private final CostReports cost;

  ReportsController(
      ModelCatalog catalog, DriftReports drift, QualityReports quality, CostReports cost) {
    this.catalog = catalog;
    this.drift = drift;
    this.quality = quality;
    this.cost = cost;
  }

  @Operation(
      operationId = "getDrift",
      summary = "Reads the drift of a version by window and feature",
      description =
          "In short, for a map of features by windows: verdict, decisive score and its threshold,"
              + " adjusted p-value, observations, and whether late data changed the window. Windows"
              + " without requests have no reports.")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "version",
      ref = "#/components/parameters/ReportVersion")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "segment",
      ref = "#/components/parameters/ReportSegment")
  @ApiResponse(
      responseCode = "200",
      description = "The windows, the earliest first.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = DriftOverview.class)),
        @Content(
            mediaType = ReportFormat.TEXT_CSV,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(name = "a line a window and feature", value = DRIFT_CSV))
      })
  @ReportParameters
  @RequiresScope(Scope.READ)
  @Get("/drift")
  @Produces({MediaType.APPLICATION_JSON, ReportFormat.TEXT_CSV})
  CompletableFuture<HttpResponse<?>> drift(
      @Parameter(description = "The model's name.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<?> request) {
    catalog.require(model);
    return drift.overview(model, request);
  }

  @Operation(
      operationId = "getFeatureDrift",
      summary = "Reads the drift of one feature",
      description =
          "All scores, the histogram of the window over that of the reference, and summaries, by"
              + " window; with at of one window. As CSV, rows says whether a line is a score or a"
              + " bin.")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "version",
      ref = "#/components/parameters/ReportVersion")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "segment",
      ref = "#/components/parameters/ReportSegment")
  @Parameter(in = ParameterIn.QUERY, name = "rows", ref = "#/components/parameters/ReportRows")
  @ApiResponse(
      responseCode = "200",
      description = "The windows, the earliest first.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = FeatureHistory.class)),
        @Content(
            mediaType = ReportFormat.TEXT_CSV,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(name = "a line a window and bin", value = FEATURE_CSV))
      })
  @ReportParameters
  @RequiresScope(Scope.READ)
  @Get("/drift/{feature}")
  @Produces({MediaType.APPLICATION_JSON, ReportFormat.TEXT_CSV})
  CompletableFuture<HttpResponse<?>> featureDrift(
      @Parameter(description = "The model's name.", example = "support-desk") String model,
      @Parameter(description = "The feature's name.", example = "token_count") String feature,
      @Parameter(hidden = true) HttpRequest<?> request) {
    catalog.require(model);
    return drift.feature(model, feature, request);
  }

  @Operation(
      operationId = "getQuality",
      summary = "Reads the quality of versions by window",
      description =
          "Accuracy with its confidence interval of the answers with feedback, an estimate of it"
              + " that needs none, label coverage and calibration; of all versions, or of one. With"
              + " at, of one window, with its classes and calibration bins.")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "version",
      ref = "#/components/parameters/ReportVersions")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "segment",
      ref = "#/components/parameters/ReportSegment")
  @ApiResponse(
      responseCode = "200",
      description = "The windows, the earliest first.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = QualityOverview.class)),
        @Content(
            mediaType = ReportFormat.TEXT_CSV,
            schema = @Schema(type = "string"),
            examples = @ExampleObject(name = "a line a window and version", value = QUALITY_CSV))
      })
  @ReportParameters
  @RequiresScope(Scope.READ)
  @Get("/quality")
  @Produces({MediaType.APPLICATION_JSON, ReportFormat.TEXT_CSV})
  CompletableFuture<HttpResponse<?>> quality(
      @Parameter(description = "The model's name.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<?> request) {
    catalog.require(model);
    return quality.overview(model, request);
  }

  @Operation(
      operationId = "getCost",
      summary = "Reads what versions cost, and what was saved",
      description =
          "Compute seconds, requests by origin, cost at the price of the deployment, and what cache,"
              + " coalescing, batching and quantisation saved: over the range, and by window, by"
              + " version and tenant. A tenant sees its own; with the scope operate all.")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "version",
      ref = "#/components/parameters/ReportVersions")
  @Parameter(in = ParameterIn.QUERY, name = "tenant", ref = "#/components/parameters/ReportTenant")
  @ApiResponse(
      responseCode = "200",
      description = "The sums, and the windows, the earliest first.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CostOverview.class)),
        @Content(
            mediaType = ReportFormat.TEXT_CSV,
            schema = @Schema(type = "string"),
            examples =
                @ExampleObject(name = "a line a window, version and tenant", value = COST_CSV))
      })
  @ReportParameters
  @RequiresScope(Scope.READ)
  @Get("/cost")
  @Produces({MediaType.APPLICATION_JSON, ReportFormat.TEXT_CSV})
  CompletableFuture<HttpResponse<?>> cost(
      @Parameter(description = "The model's name.", example = "support-desk") String model,
      @Parameter(hidden = true) HttpRequest<?> request) {
    catalog.require(model);
    return cost.overview(model, request);
  }
}
