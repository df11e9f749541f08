package io.millrace.ingress.rollouts;

import io.millrace.ingress.deployments.Guard;
import io.millrace.ingress.deployments.LatencyGuard;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body that starts a rollout, as the API's description shows it. */
@Schema(
    name = "RolloutStart",
    description =
        "A candidate and how it comes to answer. A guard that is left out has its default; null"
            + " switches it off.",
    example =
        """
        {"candidate": "1.1.0", "shadow_share": 1, "steps": [0.05, 0.25, 0.5],
         "min_observations": 500, "error_rate": {"margin": 0.01}, "agreement": null}""")
record RolloutStart(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "A version, or an alias of it.",
            example = "1.1.0")
        String candidate,
    @Schema(
            name = "shadow_share",
            minimum = "0",
            maximum = "1",
            defaultValue = "1",
            description =
                "Share of the requests that it answers unseen before its first step; 0 leaves the"
                    + " shadow out.")
        @Nullable Double shadowShare,
    @ArraySchema(
            arraySchema =
                @Schema(
                    description =
                        "Ascending shares between 0 and 1 of the requests that it answers, step by"
                            + " step."),
            minItems = 1,
            maxItems = 20,
            schema = @Schema(type = "number", format = "double", example = "0.05"))
        @Nullable List<Double> steps,
    @Schema(
            name = "min_observations",
            minimum = "1",
            defaultValue = "500",
            description = "Observations of each version that a stage needs.")
        @Nullable Integer minObservations,
    @Schema(
            name = "min_events",
            minimum = "1",
            defaultValue = "20",
            description = "Bad events of both versions before one metric takes it back.")
        @Nullable Integer minEvents,
    @Schema(
            name = "max_stage_seconds",
            minimum = "1",
            defaultValue = "86400",
            description = "After which a stage that decided nothing pauses the rollout.")
        @Nullable Long maxStageSeconds,
    @Schema(
            defaultValue = "0.05",
            description = "The chance of taking back one that is as good: above 0, up to 0.5.")
        @Nullable Double alpha,
    @Schema(name = "error_rate", type = "object", nullable = true, description = "Failed answers.")
        @Nullable Guard errorRate,
    @Schema(type = "object", nullable = true, description = "Slow answers.")
        @Nullable LatencyGuard latency,
    @Schema(type = "object", nullable = true, description = "Wrong labels.")
        @Nullable Guard accuracy,
    @Schema(type = "object", nullable = true, description = "Different answers of the shadow.")
        @Nullable Guard agreement,
    @Schema(
            name = "override_evaluation",
            nullable = true,
            minLength = 1,
            maxLength = 500,
            description = "Why it starts without a passed evaluation; kept with the plan.",
            example = "a hot fix, evaluated by hand")
        @Nullable String overrideEvaluation) {}
