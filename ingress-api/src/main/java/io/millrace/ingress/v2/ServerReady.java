package io.millrace.ingress.v2;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Says that the server takes requests.
 *
 * @param live as the protocol's text has it
 * @param ready as its implementations have it
 */
@Serdeable.Serializable
@Schema(description = "Says that the server takes requests.")
record ServerReady(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "true") boolean live,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "true") boolean ready) {}
