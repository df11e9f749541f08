package io.millrace.webhooks.send;

import io.millrace.schemas.avro.WebhookDeadLetterReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface Outcome {

  /** The endpoint took it: a 2xx. */
  record Delivered(int statusCode) implements Outcome {}

  /**
   * It may go better another time.
   *
   * @param statusCode of the answer; null when there was none
   * @param error for people; nothing of the answer's body
   * @param retryAfter how long the endpoint wants to be left alone; null when it did not say
   */
  record Failed(@Nullable Integer statusCode, String error, @Nullable Duration retryAfter)
      implements Outcome {}

  /** The endpoint wants nothing more: 410. */
  record Gone(int statusCode) implements Outcome {}

  /** Nothing was sent, and nothing will be before someone changes something. */
  record Refused(WebhookDeadLetterReason reason, String detail) implements Outcome {}
}
