package io.millrace.ingress.problem;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An error as the Open Inference Protocol says it.
 *
 * @param error what happened and what was expected; names places in the body by JSON pointers
 */
@Serdeable
@Schema(name = "InferenceError", description = "An error of the Open Inference Protocol.")
public record InferenceProblem(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "The body has 1 error. /inputs/0/data/1: expected an integer from 0 to 255.")
        String error) {}
