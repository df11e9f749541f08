package io.millrace.ingress.rollouts;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of what an operator asks of a rollout, as the API's description shows it. */
@Schema(
    name = "RolloutReason",
    description = "Why an operator asks for it.",
    example = "{\"reason\": \"the on-call looks at it\"}")
record RolloutReason(
    @Schema(
            nullable = true,
            minLength = 1,
            maxLength = 500,
            description = "For the people who read the decisions.",
            example = "the on-call looks at it")
        @Nullable String reason) {}
