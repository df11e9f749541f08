package io.millrace.ingress.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Feedback;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Feedback that was accepted, as the API shows it. */
@Serdeable.Serializable
@Schema(description = "Feedback that was accepted.")
record FeedbackReceipt(
    @JsonProperty("job_id")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
        String jobId,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @JsonProperty("created_at")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            format = "date-time",
            description = "When it was accepted.")
        Instant createdAt) {

  static FeedbackReceipt of(Feedback feedback) {
    return new FeedbackReceipt(feedback.getJobId(), feedback.getModel(), feedback.getCreatedAt());
  }
}
