package io.millrace.local.demo;

import io.millrace.local.client.ApiJob;
import io.millrace.local.client.JobClient;
import io.millrace.local.data.Utterance;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a steady rate from now on, on a thread of its own. Each answer is followed by its
 * right label, as if somebody had looked.
 */
final class SteadyTraffic implements AutoCloseable {

  private final Traffic traffic;
  private final Labels labels;
  private final AtomicLong feedbackFailures = new AtomicLong();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean stopping;

  /** Where the right labels go. */
  interface Labels {

    /** Tells the right label of a job; fails when it is not taken. */
    CompletableFuture<Void> tell(ApiJob job, String label);
  }

  private SteadyTraffic(JobClient client, Pace pace, Labels labels, TrafficStatistics statistics) {
    this.labels = labels;
    traffic = new Traffic(client, pace, statistics, this::tell, System::nanoTime);
  }

  /**
   * Starts it.
   *
   * @param rows what to send, without an end
   */
  static SteadyTraffic start(
      JobClient client,
      Pace pace,
      Iterator<Utterance> rows,
      Labels labels,
      TrafficStatistics statistics) {
    SteadyTraffic steady = new SteadyTraffic(client, pace, labels, statistics);
    Thread thread = new Thread(() -> steady.run(rows), "steady-traffic");
    thread.setDaemon(true);
    thread.start();
    return steady;
  }

  private void run(Iterator<Utterance> rows) {
    try {
      traffic.send(() -> untilStopped(rows));
      ended.complete(null);
    } catch (InterruptedException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private Iterator<Utterance> untilStopped(Iterator<Utterance> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !stopping && rows.hasNext();
      }

      @Override
      public Utterance next() {
        return rows.next();
      }
    };
  }

  private void tell(ApiJob job, Utterance row) {
    if (row.label() != null && job.hasOutputs()) {
      var unused =
          labels
              .tell(job, row.label())
              .exceptionally(
                  failure -> {
                    feedbackFailures.incrementAndGet();
                    return null;
                  });
    }
  }

  /** Sends no more, and waits until each request has its result or was given up. */
  @Override
  public void close() {
    stopping = true;
    ended.join();
  }

  /** Why the first request that was given up was; null when none was. */
  @Nullable Throwable firstFailure() {
    return traffic.firstFailure();
  }

  /** Labels that the API did not take. */
  long feedbackFailures() {
    return feedbackFailures.get();
  }
}
