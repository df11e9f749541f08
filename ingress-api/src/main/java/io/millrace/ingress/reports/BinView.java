package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.DriftBin;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A bin of a histogram. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "DriftBin",
    description =
        "A bin that reference and window share. What lies outside of the edges of the reference is the last one, without edges and category.")
record BinView(
    @Schema(nullable = true, example = "4.0") @Nullable Double lower,
    @Schema(nullable = true, example = "8.0") @Nullable Double upper,
    @Schema(nullable = true, description = "Of a categorical feature.", example = "delivery")
        @Nullable String category,
    @JsonProperty("reference_share")
        @Schema(nullable = true, description = "Share of the reference in it.", example = "0.18")
        @Nullable Double referenceShare,
    @Schema(nullable = true, description = "Share of the window in it.", example = "0.31")
        @Nullable Double share,
    @Schema(
            nullable = true,
            description = "What it adds to the squared Jensen-Shannon distance, base 2.",
            example = "0.012")
        @Nullable Double contribution) {

  static BinView of(DriftBin bin) {
    return new BinView(
        Numbers.finite(bin.getLower()),
        Numbers.finite(bin.getUpper()),
        bin.getCategory(),
        Numbers.finite(bin.getReferenceShare()),
        Numbers.finite(bin.getShare()),
        Numbers.finite(bin.getContribution()));
  }
}
