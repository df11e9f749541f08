package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.schemas.avro.Batching;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The deployment of a model as decisions have left it, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The deployment of a model, as the decisions of rollouts have left it.")
record ModelDeployment(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Grows with each change that an operator asks for.",
            example = "3")
        long revision,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The version that answers in production.",
            example = "1.0.0")
        String version,
    @Schema(type = "object", nullable = true, description = "A second version; null for none.")
        @Nullable CandidateVersion candidate,
    @JsonProperty("fallback_version")
        @Schema(
            nullable = true,
            description = "The version that answers when the one in production cannot.",
            example = "0.9.0")
        @Nullable String fallbackVersion,
    @JsonProperty("cache_ttl_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "How long an answer is given again for equal contents; 0 for never.",
            example = "3600")
        long cacheTtlSeconds,
    @JsonProperty("stale_ttl_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description =
                "How long the last good answer is kept for allow_stale; 0 for not at all.",
            example = "86400")
        long staleTtlSeconds,
    @Schema(
            type = "object",
            nullable = true,
            description = "What batches may be; null leaves it to the package.")
        @Nullable BatchingLimits batching,
    @JsonProperty("call_timeout_ms")
        @Schema(
            nullable = true,
            description = "After which a model call is stopped; null leaves it to the job.",
            example = "2000")
        @Nullable Long callTimeoutMillis,
    @JsonProperty("price_per_hour")
        @Schema(
            nullable = true,
            description = "What an hour of computing costs, in the operator's currency.",
            example = "1.25")
        @Nullable Double pricePerHour,
    @Schema(type = "object", nullable = true, description = "The rollout that runs; null for none.")
        @Nullable RolloutPlan rollout,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Which versions answer now: while new ones load those of before.")
        TrafficShares traffic,
    @JsonProperty("updated_by")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Who asked for it: the id of an API key, or what wrote it.",
            example = "k7Qm2xVb")
        String updatedBy,
    @JsonProperty("updated_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When it was asked for.")
        Instant updatedAt) {

  static ModelDeployment of(DeploymentState state) {
    Deployment deployment = state.effective();
    Candidate candidate = deployment.getCandidate();
    Batching batching = deployment.getBatching();
    io.millrace.schemas.avro.RolloutPlan rollout = deployment.getRollout();
    return new ModelDeployment(
        deployment.getModel(),
        deployment.getRevision(),
        deployment.getVersion(),
        candidate == null ? null : CandidateVersion.of(candidate),
        deployment.getFallbackVersion(),
        deployment.getCacheTtlSeconds(),
        deployment.getStaleTtlSeconds(),
        batching == null ? null : BatchingLimits.of(batching),
        deployment.getCallTimeoutMillis(),
        deployment.getPricePerHour(),
        rollout == null ? null : RolloutPlan.of(rollout),
        TrafficShares.of(state.traffic()),
        deployment.getUpdatedBy(),
        deployment.getUpdatedAt());
  }
}
