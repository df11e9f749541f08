package io.millrace.ingress.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.RolloutDecision;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model as the API shows it. The members of its deployment are null while it has none.
 *
 * @param version the version that answers in production
 * @param candidate the version that may replace it
 * @param phase where the last revision is
 * @param paused whether its rollout waits for an operator
 * @param fallbackVersion the version that answers when that one cannot
 * @param revision grows by one with each change of the deployment
 * @param versions the registered versions, the lowest first
 * @param production what is registered of the version that answers in production
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "A model: how it is deployed, and which versions of it are registered.")
record Model(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String name,
    @Schema(
            nullable = true,
            description = "The version that answers in production; null when none is deployed.",
            example = "1.0.0")
        @Nullable String version,
    @Schema(
            nullable = true,
            description = "The version that may replace it; null when there is none.",
            example = "1.1.0")
        @Nullable String candidate,
    @Schema(
            nullable = true,
            type = "string",
            allowableValues = {
              "loading",
              "active",
              "shadow",
              "canary",
              "promoted",
              "rolled_back",
              "rejected"
            },
            description = "Where the last revision of the deployment is.",
            example = "canary")
        @Nullable String phase,
    @Schema(description = "Whether its rollout waits for an operator.", example = "false")
        boolean paused,
    @JsonProperty("fallback_version")
        @Schema(
            nullable = true,
            description = "The version that answers when the one in production cannot.",
            example = "0.9.0")
        @Nullable String fallbackVersion,
    @Schema(
            nullable = true,
            description = "Grows by one with each change of the deployment.",
            example = "3")
        @Nullable Long revision,
    @JsonProperty("updated_at")
        @Schema(
            nullable = true,
            type = "string",
            format = "date-time",
            description = "When the deployment was changed.")
        @Nullable Instant updatedAt,
    @ArraySchema(
            arraySchema =
                @Schema(description = "The registered versions, the lowest first; possibly none."),
            schema = @Schema(type = "string", example = "1.0.0"))
        List<String> versions,
    @Schema(
            type = "object",
            nullable = true,
            description = "The version in production, when it is registered.")
        @Nullable RegisteredVersion production) {

  Model {
    versions = List.copyOf(versions);
  }

  static Model of(
      String name,
      @Nullable DeploymentState state,
      List<String> versions,
      @Nullable RegisteredVersion production) {
    if (state == null) {
      return new Model(name, null, null, null, false, null, null, null, versions, null);
    }
    Candidate candidate = state.effective().getCandidate();
    return new Model(
        name,
        state.traffic().getVersion(),
        candidate == null ? null : candidate.getVersion(),
        state.phase().name().toLowerCase(Locale.ROOT),
        state.decision().map(RolloutDecision::getPaused).orElse(false),
        state.effective().getFallbackVersion(),
        state.revision(),
        state.effective().getUpdatedAt(),
        versions,
        production);
  }
}
