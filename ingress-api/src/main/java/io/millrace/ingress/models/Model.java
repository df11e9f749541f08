package io.millrace.ingress.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Deployment;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A deployed model as the API shows it.
 *
 * @param version the version that answers in production
 * @param revision grows by one with each change of the deployment
 */
@Serdeable.Serializable
@Schema(description = "A deployed model.")
record Model(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String name,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The version that answers in production.",
            example = "1.0.0")
        String version,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Grows by one with each change of the deployment.",
            example = "3")
        long revision,
    @JsonProperty("updated_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When the deployment was changed.")
        Instant updatedAt) {

  static Model of(Deployment deployment) {
    return new Model(
        deployment.getModel(),
        deployment.getVersion(),
        deployment.getRevision(),
        deployment.getUpdatedAt());
  }
}
