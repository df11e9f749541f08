package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.CostReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Requests, compute time and cost. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    description =
        "Requests, compute time and cost. The cost is in the currency of the deployments.")
record CostSums(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers that a model call was made for.",
            example = "700")
        long computed,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers from the result cache.",
            example = "300")
        long cached,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers that shared another request's model call.",
            example = "12")
        long coalesced,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers in another version's stead, whatever their origin otherwise.",
            example = "0")
        long fallback,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0") long stale,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Requests without an answer.",
            example = "1")
        long failed,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Of computed answers, without padding.",
            example = "9120")
        long tokens,
    @JsonProperty("padded_tokens")
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "10240")
        long paddedTokens,
    @JsonProperty("compute_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description =
                "Time in model calls, split over the items of a batch by their padded tokens.",
            example = "14.3")
        double computeSeconds,
    @JsonProperty("unpriced_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Of these, seconds in windows without a price.",
            example = "0.0")
        double unpricedSeconds,
    @Schema(
            nullable = true,
            description =
                "compute_seconds at the price of the deployment; null where no window has one.",
            example = "0.0017")
        @Nullable Double cost,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<SavingView> savings) {

  CostSums {
    savings = List.copyOf(savings);
  }

  /** The sum over reports. */
  static CostSums of(List<CostReport> reports) {
    return new CostSums(
        sum(reports, CostReport::getComputed),
        sum(reports, CostReport::getCached),
        sum(reports, CostReport::getCoalesced),
        sum(reports, CostReport::getFallback),
        sum(reports, CostReport::getStale),
        sum(reports, CostReport::getFailed),
        sum(reports, CostReport::getTokens),
        sum(reports, CostReport::getPaddedTokens),
        reports.stream().mapToDouble(CostReport::getComputeSeconds).sum(),
        reports.stream()
            .filter(report -> report.getPricePerHour() == null)
            .mapToDouble(CostReport::getComputeSeconds)
            .sum(),
        Sums.ofKnown(reports.stream().map(CostReport::getCost)),
        Sums.savings(reports));
  }

  private static long sum(List<CostReport> reports, ToLongFunction<CostReport> member) {
    return reports.stream().mapToLong(member).sum();
  }
}
