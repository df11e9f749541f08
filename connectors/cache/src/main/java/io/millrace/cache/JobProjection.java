package io.millrace.cache;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The job store as a projection of topics: entries written from records, and how far each topic has
 * been read. Safe for use by several threads.
 */
public interface JobProjection extends TopicProgressStore {

  /** How much is known of each job. */
  CompletableFuture<Map<String, JobStage>> stages(Collection<String> jobIds);

  /**
   * Writes what a record says of a job, for as long as is left of its time, unless as much is known
   * already. A result is told to everyone who waits for it.
   *
   * @return whether it was written
   */
  CompletableFuture<Boolean> restore(JobEntry entry);

  /** Looks for a job, and at the same moment how far a topic is. */
  CompletableFuture<LookUp> lookUp(String jobId, String topic);

  /**
   * What a look-up found.
   *
   * @param entry what is known of the job
   * @param completeUntil the topic's {@link TopicProgress#completeUntil}
   */
  record LookUp(Optional<JobEntry> entry, Optional<Instant> completeUntil) {}
}
