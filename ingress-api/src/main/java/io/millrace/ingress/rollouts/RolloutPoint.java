package io.millrace.ingress.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.RolloutStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** Where a rollout was at a moment, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Where a rollout was at a moment.")
record RolloutPoint(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "The moment.")
        Instant at,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {
              "loading",
              "active",
              "shadow",
              "canary",
              "promoted",
              "rolled_back",
              "rejected"
            },
            example = "canary")
        String phase,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Index into the plan's steps; -1 outside of canary.",
            example = "1")
        int step,
    List<Evidence> evidence) {

  RolloutPoint {
    evidence = List.copyOf(evidence);
  }

  static RolloutPoint of(RolloutStatus status) {
    return new RolloutPoint(
        status.getAt(),
        Labels.of(status.getPhase()),
        status.getStep(),
        Evidence.of(status.getEvidence()));
  }
}
