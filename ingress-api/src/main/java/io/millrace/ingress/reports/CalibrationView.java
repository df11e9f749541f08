package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.CalibrationBin;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Labelled answers of like confidence. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "CalibrationBin", description = "Labelled answers of like confidence.")
record CalibrationView(
    @Schema(nullable = true, example = "0.8") @Nullable Double lower,
    @Schema(nullable = true, example = "0.87") @Nullable Double upper,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "52") long n,
    @JsonProperty("mean_confidence") @Schema(nullable = true, example = "0.84")
        @Nullable Double meanConfidence,
    @Schema(nullable = true, example = "0.81") @Nullable Double accuracy) {

  static CalibrationView of(CalibrationBin bin) {
    return new CalibrationView(
        Numbers.finite(bin.getLower()),
        Numbers.finite(bin.getUpper()),
        bin.getN(),
        Numbers.finite(bin.getMeanConfidence()),
        Numbers.finite(bin.getAccuracy()));
  }
}
