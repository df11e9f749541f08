package io.millrace.local.demo;

import io.millrace.local.client.ApiJob;
import io.millrace.local.client.JobClient;
import io.millrace.local.data.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a steady rate from now on, on a thread of its own. No content comes twice, so that
 * each is computed; each answer is followed by its right label, as if somebody had looked.
 */
final class SteadyTraffic implements AutoCloseable {

  private final Traffic traffic;
  private final JobClient client;
  private final AtomicLong sent;
  private final AtomicLong feedbackFailures = new AtomicLong();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean stopping;

  private SteadyTraffic(
      JobClient client, Pace pace, AtomicLong sent, TrafficStatistics statistics) {
    this.client = client;
    this.sent = sent;
    traffic = new Traffic(client, pace, statistics, this::tell, System::nanoTime);
  }

  /**
   * Starts it.
   *
   * @param rows what to send, in random order, again and again, each time a little different
   * @param sent counts what all of one stack have sent, and so tells contents apart
   */
  static SteadyTraffic start(
      JobClient client,
      Pace pace,
      List<Utterance> rows,
      Random random,
      AtomicLong sent,
      TrafficStatistics statistics) {
    SteadyTraffic steady = new SteadyTraffic(client, pace, sent, statistics);
    List<Utterance> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    Thread thread = new Thread(() -> steady.run(shuffled), "steady-traffic");
    thread.setDaemon(true);
    thread.start();
    return steady;
  }

  private void run(List<Utterance> rows) {
    try {
      traffic.send(() -> endless(rows));
      ended.complete(null);
    } catch (InterruptedException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private Iterator<Utterance> endless(List<Utterance> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !stopping;
      }

      @Override
      public Utterance next() {
        long number = sent.incrementAndGet();
        Utterance row = rows.get((int) (number % rows.size()));
        return new Utterance("%s (%d)".formatted(row.text(), number), row.label(), row.heldOut());
      }
    };
  }

  private void tell(ApiJob job, Utterance row) {
    if (row.label() != null && job.hasOutputs()) {
      var unused =
          client
              .feedback(job.id(), row.label())
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
