package io.millrace.ingress.jobs;

import io.millrace.cache.JobStore;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.operations.IngressMetrics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for the result of a job, at most so many at once. One above the bound is
 * answered without waiting, which RFC 7240 leaves to the server.
 */
@Singleton
public final class JobWaits {

  private final JobStore store;
  private final HttpSettings settings;
  private final Bound bound;
  private final Set<JobWait> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  JobWaits(JobStore store, HttpSettings settings, IngressMetrics metrics) {
    this.store = store;
    this.settings = settings;
    this.bound = new Bound(settings.maxWaiting());
    metrics.showWaiting(bound::taken);
  }

  /**
   * Starts to listen for the end of a job.
   *
   * @param wanted how long the client would wait
   * @return null when it does not want to, or when there is no room to
   */
  @Nullable JobWait open(String jobId, Optional<Duration> wanted) {
    Duration limit = wanted.orElse(Duration.ZERO);
    if (limit.compareTo(settings.maxWait()) > 0) {
      limit = settings.maxWait();
    }
    return limit.isZero() ? null : open(jobId, limit);
  }

  /**
   * Starts to listen for the end of a job.
   *
   * @param limit how long, whatever clients may ask for
   * @return null when there is no room to
   */
  @Nullable JobWait open(String jobId, Duration limit) {
    if (ended) {
      return null;
    }
    Bound.Place place = bound.tryEnter();
    if (place == null) {
      return null;
    }
    JobWait wait = new JobWait(store.whenFinished(jobId), limit, place);
    open.add(wait);
    if (ended) {
      wait.end();
    }
    return wait;
  }

  /** Whether one more could wait now. */
  boolean hasRoom() {
    return !ended && bound.taken() < settings.maxWaiting();
  }

  /** Answers all who wait with what is known now, and lets nobody wait any more. */
  public void end() {
    ended = true;
    open.forEach(JobWait::end);
  }

  static void close(@Nullable JobWait wait) {
    if (wait != null) {
      wait.close();
    }
  }

  /** One request that waits for one job. Closed when it is answered. */
  final class JobWait implements AutoCloseable {

    private final Duration limit;
    private final Bound.Place place;
    private final CompletableFuture<Void> notified;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private JobWait(CompletableFuture<Void> notified, Duration limit, Bound.Place place) {
      this.limit = limit;
      this.place = place;
      this.notified = notified;
      // A failure says that no notification will come; then what is known now is the answer.
      var unused = notified.whenComplete((nothing, failure) -> end());
    }

    private void end() {
      over.complete(null);
    }

    /** How long it waits, counted from {@link #over}. */
    Duration limit() {
      return limit;
    }

    /** Completes when the job has finished, or when it was long enough. Never fails. */
    CompletableFuture<Void> over() {
      return over.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
      open.remove(this);
      notified.cancel(false);
      place.close();
    }
  }
}
