package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was not computed. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "CostSaving",
    description = "What was not computed, against what it would have cost alone.")
record SavingView(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {"cache", "coalescing", "batching", "quantisation"},
            example = "cache")
        String by,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Answers that it is known of.",
            example = "300")
        long answers,
    @JsonProperty("alone_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "What they would have cost without it.",
            example = "6.2")
        double aloneSeconds,
    @JsonProperty("saved_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "alone_seconds less what they did cost; below 0 for a loss.",
            example = "6.2")
        double savedSeconds,
    @JsonProperty("saved_cost")
        @Schema(
            nullable = true,
            description = "saved_seconds at the price of the deployment; null where it says none.",
            example = "0.0007")
        @Nullable Double savedCost) {}
