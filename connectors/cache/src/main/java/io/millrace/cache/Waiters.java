package io.millrace.cache;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits for which job. A waiter leaves as soon as its future is done, however that happens. */
final class Waiters {

  private final ConcurrentHashMap<String, Set<CompletableFuture<Void>>> byJob =
      new ConcurrentHashMap<>();

  CompletableFuture<Void> add(String jobId) {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    byJob.compute(
        jobId,
        (id, known) -> {
          Set<CompletableFuture<Void>> waiters =
              known == null ? ConcurrentHashMap.newKeySet() : known;
          waiters.add(waiter);
          return waiters;
        });
    var unused = waiter.whenComplete((done, failure) -> remove(jobId, waiter));
    return waiter;
  }

  private void remove(String jobId, CompletableFuture<Void> waiter) {
    byJob.computeIfPresent(
        jobId,
        (id, waiters) -> {
          waiters.removeIf(other -> other == waiter);
          return waiters.isEmpty() ? null : waiters;
        });
  }

  /** Lets everyone go who waits for the job. */
  void finished(String jobId) {
    Set<CompletableFuture<Void>> waiters = byJob.remove(jobId);
    if (waiters != null) {
      waiters.forEach(waiter -> waiter.complete(null));
    }
  }

  void fail(RuntimeException failure) {
    for (String jobId : jobs()) {
      Set<CompletableFuture<Void>> waiters = byJob.remove(jobId);
      if (waiters != null) {
        waiters.forEach(waiter -> waiter.completeExceptionally(failure));
      }
    }
  }

  /** The jobs that someone waits for. */
  Set<String> jobs() {
    return Set.copyOf(byJob.keySet());
  }
}
