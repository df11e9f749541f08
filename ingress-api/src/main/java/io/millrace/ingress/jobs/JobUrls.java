package io.millrace.ingress.jobs;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** Where to go on with a job; paths on the same host. */
@Serdeable.Serializable
@Schema(description = "Where to go on with the job; paths on the same host.")
record JobUrls(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "/v1/jobs/019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
        String self) {

  static JobUrls of(String jobId) {
    return new JobUrls("/v1/jobs/" + jobId);
  }
}
