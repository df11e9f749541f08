package io.millrace.ingress.rollouts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.ingress.deployments.RolloutPlan;
import io.millrace.ingress.deployments.TrafficShares;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last revision of a deployment and how its rollout goes, as the API shows it.
 *
 * @param version the one in production when it began
 * @param evidence the latest
 * @param history what the controller told between its decisions, the oldest first; none when the
 *     read side is away
 * @param decisions the newest first, also of earlier revisions
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "How the rollout of a model goes, or went.")
record Rollout(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Of the deployment.",
            example = "3")
        long revision,
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
            description = "Where the revision is; active when it has no rollout.",
            example = "canary")
        String phase,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Index into the plan's steps; -1 outside of canary.",
            example = "1")
        int step,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "It takes no step of itself, but may still be taken back.")
        boolean paused,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The version in production when it began.",
            example = "1.0.0")
        String version,
    @Schema(nullable = true, description = "The other one; null for none.", example = "1.1.0")
        @Nullable String candidate,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Which versions answer now.")
        TrafficShares traffic,
    @Schema(
            type = "object",
            nullable = true,
            description = "Null when the revision has no rollout.")
        @Nullable RolloutPlan plan,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Subtasks in which the versions are loaded and warm.",
            example = "2")
        int loaded,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Of how many; 0 when that is not known.",
            example = "2")
        int subtasks,
    @JsonProperty("started_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When the revision was asked for.")
        Instant startedAt,
    List<Evidence> evidence,
    List<RolloutPoint> history,
    List<Decision> decisions) {

  Rollout {
    evidence = List.copyOf(evidence);
    history = List.copyOf(history);
    decisions = List.copyOf(decisions);
  }

  /**
   * @param statuses of this revision, the oldest first; possibly none
   * @param decisions of the model, the newest first
   */
  static Rollout of(
      DeploymentState state, List<RolloutStatus> statuses, List<RolloutDecision> decisions) {
    Deployment asked = state.asked();
    Candidate candidate = asked.getCandidate();
    io.millrace.schemas.avro.RolloutPlan plan = asked.getRollout();
    Optional<RolloutDecision> decision = state.decision();
    Optional<RolloutStatus> status =
        statuses.isEmpty() ? Optional.empty() : Optional.of(statuses.get(statuses.size() - 1));
    return new Rollout(
        asked.getModel(),
        asked.getRevision(),
        Labels.of(state.phase()),
        decision.map(RolloutDecision::getStep).orElse(-1),
        decision.map(RolloutDecision::getPaused).orElse(false),
        asked.getVersion(),
        candidate == null ? null : candidate.getVersion(),
        TrafficShares.of(state.traffic()),
        plan == null ? null : RolloutPlan.of(plan),
        status.map(RolloutStatus::getLoaded).orElse(0),
        status.map(RolloutStatus::getSubtasks).orElse(0),
        asked.getUpdatedAt(),
        Evidence.of(latest(status, decision)),
        statuses.stream().map(RolloutPoint::of).toList(),
        decisions.stream().map(Decision::of).toList());
  }

  /** A decision's evidence is what it was made of; after it the controller tells anew. */
  private static List<MetricEvidence> latest(
      Optional<RolloutStatus> status, Optional<RolloutDecision> decision) {
    if (decision.isEmpty()) {
      return status.map(RolloutStatus::getEvidence).orElse(List.of());
    }
    return status
        .filter(told -> told.getAt().isAfter(decision.get().getDecidedAt()))
        .map(RolloutStatus::getEvidence)
        .orElse(decision.get().getEvidence());
  }
}
