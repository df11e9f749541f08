package io.millrace.cache;

import io.millrace.schemas.avro.RolloutStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How the rollouts go, between their decisions. The futures fail with {@link
 * CacheUnavailableException} when the store cannot be reached or does not answer in time.
 */
public interface RolloutStatusStore extends AutoCloseable {

  /** Adds a status to those of its revision; the oldest give way when there are too many. */
  CompletableFuture<Void> append(RolloutStatus status);

  /** What is known of a revision, the oldest first; possibly nothing. */
  CompletableFuture<List<RolloutStatus>> read(String model, long revision);

  @Override
  void close();
}
