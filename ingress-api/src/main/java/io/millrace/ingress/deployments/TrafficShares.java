package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Traffic;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which versions answer the requests of a model, as the API shows it. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Which versions answer the requests of a model.")
public record TrafficShares(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "The version that answers in production.",
            example = "1.0.0")
        String version,
    @Schema(nullable = true, description = "A second version.", example = "1.1.0")
        @Nullable String candidate,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Share of the requests that the candidate answers, 0 to 1.",
            example = "0.25")
        double weight,
    @JsonProperty("shadow_share")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Share of the other requests that it answers unseen, 0 to 1.",
            example = "0")
        double shadowShare) {

  public static TrafficShares of(Traffic traffic) {
    return new TrafficShares(
        traffic.getVersion(),
        traffic.getCandidate(),
        traffic.getWeight(),
        traffic.getShadowShare());
  }
}
