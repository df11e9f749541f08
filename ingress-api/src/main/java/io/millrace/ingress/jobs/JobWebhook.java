package io.millrace.ingress.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.cache.WebhookDeliveryStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of telling a job's webhook. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    description =
        "What became of telling the job's webhook; there once the job has ended, for jobs that have"
            + " one.")
record JobWebhook(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {"pending", "delivered", "failed", "disabled"},
            description =
                "Pending while attempts are made; failed when it was given up; disabled when that is"
                    + " because the endpoint answered 410.",
            example = "delivered")
        String status,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Requests that were sent.",
            example = "1")
        int attempts,
    @JsonProperty("last_attempt_at") @Schema(nullable = true) @Nullable Instant lastAttemptAt,
    @JsonProperty("next_attempt_at")
        @Schema(
            nullable = true,
            description = "When it is tried again; later when the endpoint is paused.")
        @Nullable Instant nextAttemptAt,
    @JsonProperty("last_status_code")
        @Schema(
            nullable = true,
            description = "Of the endpoint's last answer; null when there was none.",
            example = "200")
        @Nullable Integer lastStatusCode,
    @JsonProperty("last_error")
        @Schema(
            nullable = true,
            description = "Why the last attempt failed.",
            example = "no answer in 15000 ms")
        @Nullable String lastError) {

  static JobWebhook of(WebhookDeliveryStatus delivery) {
    return new JobWebhook(
        Job.lower(delivery.state()),
        delivery.attempts(),
        delivery.lastAttemptAt(),
        delivery.nextAttemptAt(),
        delivery.lastStatusCode(),
        delivery.lastError());
  }
}
