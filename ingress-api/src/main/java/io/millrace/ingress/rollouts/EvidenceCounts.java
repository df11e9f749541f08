package io.millrace.ingress.rollouts;

import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.ArmCounts;
import io.swagger.v3.oas.annotations.media.Schema;

/** What was counted of one version, as the API shows it. */
@Serdeable.Serializable
@Schema(description = "What was counted of one version.")
record EvidenceCounts(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1400") long observations,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Bad ones: failed, too slow, wrong or different.",
            example = "14")
        long events) {

  static EvidenceCounts of(ArmCounts counts) {
    return new EvidenceCounts(counts.getObservations(), counts.getEvents());
  }
}
