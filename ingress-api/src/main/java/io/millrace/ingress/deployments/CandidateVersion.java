package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Candidate;
import io.swagger.v3.oas.annotations.media.Schema;

/** A second version beside the one in production, as the API shows it. */
@Serdeable.Serializable
@Schema(description = "A second version beside the one in production.")
record CandidateVersion(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1.1.0") String version,
    @Schema(
            defaultValue = "0",
            minimum = "0",
            maximum = "1",
            description =
                "Share of the requests that it answers, by a sticky hash of the affinity. While a"
                    + " rollout runs its decisions say it instead.",
            example = "0.1")
        double weight,
    @JsonProperty("shadow_share")
        @Schema(
            defaultValue = "0",
            minimum = "0",
            maximum = "1",
            description =
                "Share of the other requests that it answers too, unseen. While a rollout runs its"
                    + " decisions say it instead.",
            example = "0")
        double shadowShare) {

  static CandidateVersion of(Candidate candidate) {
    return new CandidateVersion(
        candidate.getVersion(), candidate.getWeight(), candidate.getShadowShare());
  }
}
