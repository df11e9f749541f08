package io.millrace.cache;

import java.util.concurrent.CompletableFuture;

/**
 * Which job a client's idempotency key stands for. Whoever holds the claim to a key may submit the
 * job that it names; the job's id is chosen with the claim, so that a second holder submits the
 * same job. Safe for use by several threads and processes.
 *
 * <p>All futures fail with {@link CacheUnavailableException} when the store cannot be asked.
 */
public interface IdempotencyStore extends AutoCloseable {

  /**
   * Claims a key for a request.
   *
   * @param key the client's key
   * @param request tells one request from another; bounded in length
   * @param jobId the id that the job gets if the key is new
   */
  CompletableFuture<IdempotencyClaim> claim(
      String tenant, String key, String request, String jobId);

  /** The job is in the log: from now on the key stands for it. */
  CompletableFuture<Void> accepted(IdempotencyClaim.Held claim);

  /** The job is surely not in the log: the key is free again. */
  CompletableFuture<Void> release(IdempotencyClaim.Held claim);

  /**
   * Nobody knows whether the job is in the log: the next one who claims the key may submit the same
   * job again.
   */
  CompletableFuture<Void> handOn(IdempotencyClaim.Held claim);

  @Override
  void close();
}
