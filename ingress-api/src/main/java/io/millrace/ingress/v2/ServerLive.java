package io.millrace.ingress.v2;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** Says that the server lives. */
@Serdeable.Serializable
@Schema(description = "Says that the server lives.")
record ServerLive(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "true") boolean live) {}
