package io.millrace.ingress.deployments;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that asks for a deployment, as the API's description shows it. */
@Schema(
    name = "DeploymentRequest",
    description = "A deployment, whole: a member that is left out has its default.",
    example =
        """
        {"version": "1.0.0", "fallback_version": null, "cache_ttl_seconds": 3600,
         "batching": {"max_batch_size": 32}}""")
record DeploymentRequest(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The version that answers in production, or an alias of it.",
            example = "1.0.0")
        String version,
    @Schema(type = "object", nullable = true, description = "A second version.")
        @Nullable CandidateVersion candidate,
    @Schema(
            name = "fallback_version",
            nullable = true,
            description = "The version that answers when the one in production cannot.",
            example = "0.9.0")
        @Nullable String fallbackVersion,
    @Schema(
            name = "cache_ttl_seconds",
            minimum = "0",
            defaultValue = "3600",
            description = "How long an answer is given again for equal contents; 0 for never.")
        @Nullable Long cacheTtlSeconds,
    @Schema(
            name = "stale_ttl_seconds",
            minimum = "0",
            defaultValue = "86400",
            description = "How long the last good answer is kept for allow_stale.")
        @Nullable Long staleTtlSeconds,
    @Schema(type = "object", nullable = true, description = "What batches may be.")
        @Nullable BatchingLimits batching,
    @Schema(
            name = "call_timeout_ms",
            nullable = true,
            minimum = "1",
            description = "After which a model call is stopped.",
            example = "2000")
        @Nullable Long callTimeoutMillis,
    @Schema(
            name = "price_per_hour",
            nullable = true,
            minimum = "0",
            description = "What an hour of computing costs, in your currency.",
            example = "1.25")
        @Nullable Double pricePerHour) {}
