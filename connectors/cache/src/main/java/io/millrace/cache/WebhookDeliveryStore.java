package io.millrace.cache;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The status of webhook deliveries by job id. Safe for use by several threads. */
public interface WebhookDeliveryStore extends AutoCloseable {

  /** Keeps a status over the former one. */
  CompletableFuture<Void> put(WebhookDeliveryStatus status);

  /** The last status of a job's delivery; empty when nothing is known. */
  CompletableFuture<Optional<WebhookDeliveryStatus>> find(String jobId);

  @Override
  void close();
}
