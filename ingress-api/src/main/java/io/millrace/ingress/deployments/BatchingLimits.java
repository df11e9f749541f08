package io.millrace.ingress.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.millrace.schemas.avro.Batching;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What batches may be, as the API shows it. Null leaves a limit to the package. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "What batches may be. A limit that is null is left to the package.")
record BatchingLimits(
    @JsonProperty("max_batch_size")
        @Schema(
            nullable = true,
            minimum = "1",
            description = "Rows of a batch at most.",
            example = "32")
        @Nullable Integer maxBatchSize,
    @JsonProperty("max_batch_tokens")
        @Schema(
            nullable = true,
            minimum = "1",
            description = "Rows times the longest row of a batch at most.",
            example = "2048")
        @Nullable Integer maxBatchTokens,
    @JsonProperty("max_batch_delay_ms")
        @Schema(
            nullable = true,
            minimum = "1",
            description = "The age of the oldest item, in milliseconds, at which a batch goes.",
            example = "5")
        @Nullable Long maxBatchDelayMillis) {

  static BatchingLimits of(Batching batching) {
    return new BatchingLimits(
        batching.getMaxBatchSize(),
        batching.getMaxBatchTokens(),
        batching.getMaxBatchDelayMillis());
  }
}
