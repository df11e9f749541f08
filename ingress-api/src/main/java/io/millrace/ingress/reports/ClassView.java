package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.ClassQuality;
import io.swagger.v3.oas.annotations.media.Schema;

/** How right a version was of one class. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "ClassQuality",
    description =
        "Of the labelled answers of a window: precision is hits / predicted, recall hits / support.")
record ClassView(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "delivery") String label,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers whose right label it is.",
            example = "41")
        long support,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers with this label.",
            example = "44")
        long predicted,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers with this label that were right.",
            example = "38")
        long hits) {

  static ClassView of(ClassQuality quality) {
    return new ClassView(
        quality.getLabel(), quality.getSupport(), quality.getPredicted(), quality.getHits());
  }
}
