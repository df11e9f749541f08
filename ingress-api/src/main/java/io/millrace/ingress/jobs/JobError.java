package io.millrace.ingress.jobs;

import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Why a job ended without outputs. */
@Serdeable.Serializable
@Schema(description = "Why the job ended without outputs.")
record JobError(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description =
                "One of invalid_input, model_failure, non_finite_output, timeout, out_of_memory,"
                    + " circuit_open, model_not_found, expired, cancelled.",
            example = "invalid_input")
        String reason,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "input 'text' has more than 256 tokens")
        String message) {

  /**
   * Never null for a job that did not succeed: without an error of its own, its status says why.
   */
  static JobError of(InferenceResult result) {
    InferenceError error = result.getError();
    return error == null
        ? new JobError(Job.lower(result.getStatus()), "The job did not succeed.")
        : new JobError(error.getReason().name().toLowerCase(Locale.ROOT), error.getMessage());
  }
}
