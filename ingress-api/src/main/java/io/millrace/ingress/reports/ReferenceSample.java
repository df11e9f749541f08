package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.DriftReference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a window was compared with. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "What a window was compared with.")
record ReferenceSample(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description =
                "package: the reference profile of the model package; trailing: earlier windows of the same version.",
            type = "string",
            allowableValues = {"package", "trailing"},
            example = "package")
        String source,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "8124") long n,
    @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description = "Of a trailing reference.",
            example = "2026-11-15T00:00:00Z")
        @Nullable Instant from,
    @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description = "Of a trailing reference.",
            example = "2026-11-22T00:00:00Z")
        @Nullable Instant until) {

  static ReferenceSample of(DriftReference reference) {
    return new ReferenceSample(
        Numbers.label(reference.getSource()),
        reference.getN(),
        reference.getFrom(),
        reference.getUntil());
  }
}
