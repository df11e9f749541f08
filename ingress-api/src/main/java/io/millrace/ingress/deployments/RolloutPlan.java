package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a candidate comes to answer everything or is taken back, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "How a candidate comes to answer everything, or is taken back.")
public record RolloutPlan(
    @JsonProperty("shadow_share")
        @Schema(
            description =
                "Share of the requests that the candidate answers unseen before its first step; 0"
                    + " leaves the shadow out.",
            example = "1")
        double shadowShare,
    @ArraySchema(
            arraySchema =
                @Schema(
                    description =
                        "Ascending shares of the requests that the candidate answers, step by"
                            + " step, before it answers all."),
            schema = @Schema(type = "number", format = "double", example = "0.05"))
        List<Double> steps,
    @JsonProperty("min_observations")
        @Schema(description = "Observations of each version that a stage needs.", example = "500")
        int minObservations,
    @JsonProperty("min_events")
        @Schema(
            description = "Bad events of both versions before one metric takes it back.",
            example = "20")
        int minEvents,
    @JsonProperty("max_stage_seconds")
        @Schema(
            description = "After which a stage that decided nothing pauses the rollout.",
            example = "86400")
        long maxStageSeconds,
    @Schema(
            description = "The chance of taking back a candidate that is as good.",
            example = "0.05")
        double alpha,
    @JsonProperty("error_rate")
        @Schema(
            type = "object",
            nullable = true,
            description = "Failed answers; null: not looked at.")
        @Nullable Guard errorRate,
    @Schema(type = "object", nullable = true, description = "Slow answers; null: not looked at.")
        @Nullable LatencyGuard latency,
    @Schema(
            type = "object",
            nullable = true,
            description = "Wrong labels among the jobs with feedback; null: not looked at.")
        @Nullable Guard accuracy,
    @Schema(
            type = "object",
            nullable = true,
            description =
                "Shadow answers that differ from production's; the margin is the share that may."
                    + " Null: not looked at.")
        @Nullable Guard agreement,
    @JsonProperty("evaluation_id")
        @Schema(
            nullable = true,
            description = "The passed evaluation that it started with.",
            example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
        @Nullable String evaluationId,
    @JsonProperty("evaluation_override")
        @Schema(nullable = true, description = "Why it started without one.", example = "a hot fix")
        @Nullable String evaluationOverride) {

  public RolloutPlan {
    steps = List.copyOf(steps);
  }

  public static RolloutPlan of(io.millrace.schemas.avro.RolloutPlan plan) {
    return new RolloutPlan(
        plan.getShadowShare(),
        plan.getSteps(),
        plan.getMinObservations(),
        plan.getMinEvents(),
        plan.getMaxStageSeconds(),
        plan.getAlpha(),
        Guard.of(plan.getErrorRate()),
        LatencyGuard.of(plan.getLatency(), plan.getLatencyThresholdSeconds()),
        Guard.of(plan.getAccuracy()),
        Guard.of(plan.getAgreement()),
        plan.getEvaluationId(),
        plan.getEvaluationOverride());
  }
}
