package io.millrace.ingress.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a finished job went. The batch's numbers are there for a computed answer only.
 *
 * @param totalSeconds from accepted to ended
 * @param queueSeconds from accepted to taken up by inference
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Where the time of a job went; null what does not apply.")
record JobTimings(
    @JsonProperty("total_seconds")
        @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "From accepted to ended.",
            example = "0.034")
        double totalSeconds,
    @JsonProperty("queue_seconds")
        @Schema(
            nullable = true,
            description = "From accepted to taken up by inference.",
            example = "0.012")
        @Nullable Double queueSeconds,
    @JsonProperty("batch_wait_seconds")
        @Schema(
            nullable = true,
            description = "From ready for a batch to the start of the model call.",
            example = "0.004")
        @Nullable Double batchWaitSeconds,
    @JsonProperty("batch_seconds")
        @Schema(
            nullable = true,
            description = "The model call, for the whole batch.",
            example = "0.015")
        @Nullable Double batchSeconds,
    @JsonProperty("batch_size")
        @Schema(nullable = true, description = "Items in the batch.", example = "8")
        @Nullable Integer batchSize,
    @Schema(nullable = true, description = "Tokens of this item.", example = "14")
        @Nullable Integer tokens,
    @JsonProperty("padded_tokens")
        @Schema(
            nullable = true,
            description = "Tokens of this item as it ran, with padding.",
            example = "16")
        @Nullable Integer paddedTokens) {

  static JobTimings of(InferenceResult result) {
    Instant started = result.getStartedAt();
    Execution execution = result.getExecution();
    double total = seconds(result.getCreatedAt(), result.getCompletedAt());
    Double queue = started == null ? null : (Double) seconds(result.getCreatedAt(), started);
    return execution == null
        ? new JobTimings(total, queue, null, null, null, null, null)
        : new JobTimings(
            total,
            queue,
            execution.getBatchWaitSeconds(),
            execution.getBatchSeconds(),
            execution.getBatchSize(),
            execution.getTokens(),
            execution.getPaddedTokens());
  }

  /** Clocks of different machines may disagree; time never runs backwards for a reader. */
  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1_000.0;
  }
}
