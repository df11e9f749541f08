package io.millrace.webhooks.send;

import io.millrace.schemas.avro.WebhookDelivery;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Makes single attempts. For use by one thread; what it returns ends on others. */
public interface WebhookSender extends AutoCloseable {

  /** Whether one more attempt may begin now. */
  boolean hasRoom();

  /**
   * Begins an attempt; does not block. The future ends in a bounded time and never fails. What the
   * delivery holds is read before this returns.
   */
  CompletableFuture<Outcome> send(WebhookDelivery delivery);

  @Override
  void close();

  /** Opens a sender where the job runs. */
  interface Factory extends Supplier<WebhookSender>, Serializable {}
}
