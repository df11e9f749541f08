package io.millrace.local.webhooks;

import io.millrace.local.deadletters.DeadLetterId;
import io.millrace.schemas.avro.WebhookDeadLetter;
import java.time.Instant;

/** A delivery that was given up, in its topic. */
record StoredDelivery(DeadLetterId id, WebhookDeadLetter letter) {

  Instant rejectedAt() {
    return letter.getRejectedAt();
  }
}
