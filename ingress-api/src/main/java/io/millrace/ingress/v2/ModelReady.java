package io.millrace.ingress.v2;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** Says that a model takes requests. */
@Serdeable.Serializable
@Schema(description = "Says that a model takes requests.")
record ModelReady(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String name,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "true") boolean ready) {}
