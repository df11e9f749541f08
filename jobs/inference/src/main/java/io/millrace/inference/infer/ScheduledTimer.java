package io.millrace.inference.infer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer with a thread of its own. */
final class ScheduledTimer implements Timer, AutoCloseable {

  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor executor;

  ScheduledTimer(InstantSource clock, String name) {
    this.clock = clock;
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    // Most jobs end long before their deadlines.
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Pending at(Instant time, Runnable task) {
    long millis = Math.max(0, Duration.between(clock.instant(), time).toMillis());
    try {
      Future<?> scheduled = executor.schedule(task, millis, TimeUnit.MILLISECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {}; // Closed: so is the service that asked.
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
