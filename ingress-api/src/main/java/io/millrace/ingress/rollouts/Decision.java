package io.millrace.ingress.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.ingress.deployments.TrafficShares;
import io.millrace.schemas.avro.RolloutDecision;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** What was decided of a rollout, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "What was decided of one revision of a deployment.")
record Decision(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "3") long revision,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Grows with each decision for the revision.",
            example = "2")
        long sequence,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {
              "activate",
              "shadow",
              "step",
              "pause",
              "resume",
              "promote",
              "roll_back",
              "abort",
              "reject"
            },
            example = "step")
        String action,
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
            description = "Where the revision is then.",
            example = "canary")
        String phase,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Index into the plan's steps; -1 outside of canary.",
            example = "0")
        int step,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) boolean paused,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "From then on.")
        TrafficShares traffic,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Who decided: controller, or the id of an API key.",
            example = "controller")
        String by,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "For people, with the numbers.",
            example = "error_rate not worse after 500 and 512 observations")
        String reason,
    List<Evidence> evidence,
    @JsonProperty("decided_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When it was decided.")
        Instant decidedAt) {

  Decision {
    evidence = List.copyOf(evidence);
  }

  static Decision of(RolloutDecision decision) {
    return new Decision(
        decision.getRevision(),
        decision.getSequence(),
        Labels.of(decision.getAction()),
        Labels.of(decision.getPhase()),
        decision.getStep(),
        decision.getPaused(),
        TrafficShares.of(decision.getTraffic()),
        decision.getBy(),
        decision.getReason(),
        Evidence.of(decision.getEvidence()),
        decision.getDecidedAt());
  }
}
