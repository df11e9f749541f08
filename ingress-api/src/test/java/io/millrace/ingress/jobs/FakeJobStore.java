package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.cache.JobStore;
import io.millrace.schemas.avro.InferenceResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A job store in memory that can be away. */
final class FakeJobStore implements JobStore {

  private final Map<String, JobEntry> entries = new HashMap<>();
  private final Map<String, CompletableFuture<Void>> waiters = new HashMap<>();
  private boolean away;

  void goAway() {
    away = true;
  }

  /** How many listen for the end of a job. */
  long listeners() {
    return waiters.values().stream().filter(waiter -> !waiter.isDone()).count();
  }

  @Override
  public CompletableFuture<Void> accepted(JobEntry.Accepted job) {
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    entries.putIfAbsent(job.jobId(), job);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> finished(InferenceResult result) {
    entries.put(result.getJobId(), new JobEntry.Finished(result));
    CompletableFuture<Void> waiter = waiters.get(result.getJobId());
    if (waiter != null) {
      waiter.complete(null);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Optional<JobEntry>> find(String jobId) {
    return away
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(Optional.ofNullable(entries.get(jobId)));
  }

  @Override
  public CompletableFuture<Void> whenFinished(String jobId) {
    return waiters.computeIfAbsent(jobId, id -> new CompletableFuture<>());
  }

  @Override
  public void close() {}
}
