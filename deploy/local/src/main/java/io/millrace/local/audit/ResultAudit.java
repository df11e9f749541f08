package io.millrace.local.audit;

import io.millrace.schemas.avro.InferenceResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Counts committed results by job. The first result of a job stands; every further one is a
 * duplicate. Safe for use by several threads.
 */
public final class ResultAudit {

  private final Map<String, InferenceResult> firstResults = new HashMap<>();
  private final Consumer<InferenceResult> listener;
  private long duplicateResults;

  public ResultAudit() {
    this(result -> {});
  }

  /**
   * An audit that says what it takes.
   *
   * @param listener gets each first result of a job, in the order in which they come
   */
  public ResultAudit(Consumer<InferenceResult> listener) {
    this.listener = listener;
  }

  /** Takes a committed result. */
  public synchronized void add(InferenceResult result) {
    if (firstResults.putIfAbsent(result.getJobId(), result) != null) {
      duplicateResults++;
    } else {
      listener.accept(result);
    }
  }

  /** The first committed result of a job. */
  public synchronized Optional<InferenceResult> result(String jobId) {
    return Optional.ofNullable(firstResults.get(jobId));
  }

  /** The first committed results of those of the jobs that have one. */
  public synchronized List<InferenceResult> results(Collection<String> jobIds) {
    return jobIds.stream().map(firstResults::get).filter(Objects::nonNull).toList();
  }

  /** How many of the jobs have no committed result. */
  public synchronized long missing(Collection<String> jobIds) {
    return jobIds.stream().filter(jobId -> !firstResults.containsKey(jobId)).count();
  }

  /** Results beyond the first of a job, whichever the job. */
  public synchronized long duplicateResults() {
    return duplicateResults;
  }
}
