package io.millrace.webhooks.deliver;

import io.millrace.schemas.avro.WebhookDelivery;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is not done; state.
 *
 * @param queuedAt when it came, in milliseconds since the epoch
 * @param attempts that ended
 * @param lastAttemptAt when the last one ended; 0 before the first
 * @param lastStatusCode of the last answer; 0 when there was none
 * @param lastError why the last attempt failed; null before the first one
 */
public record QueuedDelivery(
    WebhookDelivery delivery,
    long queuedAt,
    int attempts,
    long lastAttemptAt,
    int lastStatusCode,
    @Nullable String lastError) {

  static QueuedDelivery of(WebhookDelivery delivery, long now) {
    return new QueuedDelivery(delivery, now, 0, 0, 0, null);
  }

  /** After one more attempt. */
  QueuedDelivery ended(long now, @Nullable Integer statusCode, @Nullable String error) {
    return new QueuedDelivery(
        delivery, queuedAt, attempts + 1, now, statusCode == null ? 0 : statusCode, error);
  }

  /** Without an attempt. */
  QueuedDelivery refused(String detail) {
    return new QueuedDelivery(delivery, queuedAt, attempts, lastAttemptAt, lastStatusCode, detail);
  }

  @Nullable Integer statusCode() {
    return lastStatusCode == 0 ? null : (Integer) lastStatusCode;
  }
}
