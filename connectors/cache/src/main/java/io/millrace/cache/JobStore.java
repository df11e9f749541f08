package io.millrace.cache;

import io.millrace.schemas.avro.InferenceResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Job status and results by job id. Safe for use by several threads. */
public interface JobStore extends AutoCloseable {

  /** Notes that a job was accepted, unless something is known of it already. */
  CompletableFuture<Void> accepted(JobEntry.Accepted job);

  /**
   * Keeps a job's terminal result, over whatever is there, and tells everyone who waits for it.
   * Doing it again with the same result changes nothing.
   */
  CompletableFuture<Void> finished(InferenceResult result);

  /** What is known of a job; empty when nothing is. */
  CompletableFuture<Optional<JobEntry>> find(String jobId);

  /**
   * Completes when a notification says that the job has finished; the result is then found. Call it
   * before {@link #find}, so that no notification is missed. Cancel the future to stop waiting.
   */
  CompletableFuture<Void> whenFinished(String jobId);

  @Override
  void close();
}
