package io.millrace.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of telling a job's webhook.
 *
 * @param attempts requests that were sent and answered, or failed
 * @param lastAttemptAt when the last one ended; null before the first
 * @param nextAttemptAt when the next one is due; null when there is none. A pause of the endpoint
 *     puts it off
 * @param lastStatusCode of the last answer; null when there was none
 * @param lastError why the last attempt failed, for people; null when it did not
 */
public record WebhookDeliveryStatus(
    String jobId,
    State state,
    int attempts,
    @Nullable Instant lastAttemptAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Integer lastStatusCode,
    @Nullable String lastError) {

  /** Where a delivery is. */
  public enum State {
    PENDING,
    DELIVERED,
    /** Given up: a dead letter. */
    FAILED,
    /** Given up because its endpoint is disabled: a dead letter. */
    DISABLED
  }
}
