package io.millrace.ingress.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** The cost of a version for a tenant over the range. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The cost of a version for a tenant over the whole range.")
record CostTotal(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.0.0") String version,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "acme") String tenant,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) CostSums sums) {}
