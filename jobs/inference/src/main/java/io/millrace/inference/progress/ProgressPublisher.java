package io.millrace.inference.progress;

import io.millrace.cache.ProgressStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the progress of one process, several times a second. */
final class ProgressPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressPublisher.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration WITHDRAWAL = Duration.ofSeconds(1);

  private final String process = UUID.randomUUID().toString();
  private final ProgressCounters counters;
  private final ProgressStore store;
  private final ScheduledExecutorService timer;
  private volatile boolean available = true;

  private ProgressPublisher(ProgressCounters counters, ProgressStore store) {
    this.counters = counters;
    this.store = store;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "millrace-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to publish.
   *
   * @param store is closed with this
   */
  static ProgressPublisher start(ProgressCounters counters, ProgressStore store) {
    ProgressPublisher publisher = new ProgressPublisher(counters, store);
    var unused =
        publisher.timer.scheduleAtFixedRate(
            publisher::publish, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return publisher;
  }

  ProgressCounters counters() {
    return counters;
  }

  private void publish() {
    var unused =
        store
            .publish(process, counters.current())
            .whenComplete((done, failure) -> published(failure));
  }

  private void published(@Nullable Throwable failure) {
    if (failure == null) {
      available = true;
    } else if (available) { // Once an outage.
      available = false;
      LOG.warn("The job's progress cannot be published: {}", failure.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      // After what is under way on the same connection. If it fails: the report goes stale soon.
      var unused = store.withdraw(process).get(WITHDRAWAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The job's progress was not taken back", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
