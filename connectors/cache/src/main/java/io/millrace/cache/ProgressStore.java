package io.millrace.cache;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The progress of one job, as its processes report it. What a process reported counts for some
 * seconds: one that has died no longer takes part.
 *
 * <p>The futures fail with {@link CacheUnavailableException} when the store cannot be reached or
 * does not answer in time, and {@link #read} with {@link CorruptEntryException} when it cannot read
 * what it finds.
 */
public interface ProgressStore extends AutoCloseable {

  /**
   * Reports the progress of one process, in place of what it reported before.
   *
   * @param process a name of its own, without a meaning
   */
  CompletableFuture<Void> publish(String process, JobProgress progress);

  /** Takes back what a process has reported. */
  CompletableFuture<Void> withdraw(String process);

  /** The progress of all processes together; empty when none has reported lately. */
  CompletableFuture<Optional<JobProgress>> read();

  @Override
  void close();
}
