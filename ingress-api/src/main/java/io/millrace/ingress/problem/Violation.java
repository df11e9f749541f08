package io.millrace.ingress.problem;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One thing that is wrong with a request's body.
 *
 * @param pointer where, as an RFC 6901 JSON pointer into the body; empty for the whole body
 * @param detail what was expected and what was found
 */
@Serdeable
public record Violation(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Where in the body, as an RFC 6901 JSON pointer.",
            example = "/inputs/0/data/2")
        String pointer,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "What was expected and what was found.",
            example = "expected an integer from 0 to 255")
        String detail) {}
