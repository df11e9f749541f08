package io.millrace.ingress.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.cache.JobEntry;
import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.ingress.protocol.TensorView;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it. One that has ended has exactly one of {@code outputs} and {@code
 * error}; one that has not has neither.
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    description =
        "A job. Once it has ended it has exactly one of outputs and error; times are RFC 3339.")
record Job(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11")
        String id,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {
              "queued",
              "processing",
              "succeeded",
              "failed",
              "cancelled",
              "expired"
            },
            example = "succeeded")
        String status,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "support-desk") String model,
    @Schema(
            nullable = true,
            description =
                "The version that answered; before that, the one asked for, or null when the"
                    + " deployment chooses.",
            example = "1.0.0")
        @Nullable String version,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("started_at") @Schema(nullable = true) @Nullable Instant startedAt,
    @JsonProperty("completed_at") @Schema(nullable = true) @Nullable Instant completedAt,
    @JsonProperty("expires_at")
        @Schema(
            type = "string",
            format = "date-time",
            nullable = true,
            description = "Until when the result is kept.")
        @Nullable Instant expiresAt,
    @Schema(
            nullable = true,
            type = "string",
            allowableValues = {"computed", "cached", "coalesced", "fallback", "stale"},
            description = "Where the outputs come from.",
            example = "computed")
        @Nullable String origin,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(nullable = true)
        @Nullable List<TensorView> outputs,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(type = "object", nullable = true)
        @Nullable JobError error,
    @Schema(type = "object", nullable = true) @Nullable JobTimings timings,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(type = "object", nullable = true)
        @Nullable JobWebhook webhook,
    JobUrls urls) {

  /**
   * Shows what is known of a job.
   *
   * @param resultTtl how long a result is kept
   */
  static Job of(JobEntry job, Duration resultTtl) {
    return job instanceof JobEntry.Finished finished
        ? finished(finished.result(), resultTtl)
        : queued((JobEntry.Accepted) job);
  }

  private static Job queued(JobEntry.Accepted job) {
    return new Job(
        job.jobId(),
        "queued",
        job.model(),
        job.version(),
        job.createdAt(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        JobUrls.of(job.jobId()));
  }

  private static Job finished(InferenceResult result, Duration resultTtl) {
    boolean succeeded = result.getStatus() == ResultStatus.SUCCEEDED;
    return new Job(
        result.getJobId(),
        lower(result.getStatus()),
        result.getModel(),
        result.getVersion(),
        result.getCreatedAt(),
        result.getStartedAt(),
        result.getCompletedAt(),
        result.getCompletedAt().plus(resultTtl),
        result.getOrigin() == null ? null : lower(result.getOrigin()),
        succeeded ? result.getOutputs().stream().map(TensorView::of).toList() : null,
        succeeded ? null : JobError.of(result),
        JobTimings.of(result),
        null,
        JobUrls.of(result.getJobId()));
  }

  /** The same, with what became of telling its webhook. */
  Job with(WebhookDeliveryStatus delivery) {
    return new Job(
        id,
        status,
        model,
        version,
        createdAt,
        startedAt,
        completedAt,
        expiresAt,
        origin,
        outputs,
        error,
        timings,
        JobWebhook.of(delivery),
        urls);
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
