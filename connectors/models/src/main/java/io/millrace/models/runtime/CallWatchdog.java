package io.millrace.models.runtime;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops model calls that use up their time, and gives up those that do not stop. */
final class CallWatchdog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CallWatchdog.class);

  private final long graceNanos;
  private final ScheduledThreadPoolExecutor timer;

  CallWatchdog(Duration stopGrace) {
    this.graceNanos = stopGrace.toNanos();
    this.timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("millrace-watchdog"));
    timer.setRemoveOnCancelPolicy(true);
    // A call that starts while the runtime closes is stopped by that, not by the watchdog.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Watches a call; cancel the result when the call is over. */
  Future<?> watch(ModelCall call, long budgetNanos) {
    return timer.schedule(() -> stop(call), budgetNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void stop(ModelCall call) {
    if (call.over()) {
      return;
    }
    Future<?> unused = timer.schedule(() -> abandon(call), graceNanos, TimeUnit.NANOSECONDS);
    call.stop();
  }

  private static void abandon(ModelCall call) {
    try {
      call.abandon();
    } catch (RuntimeException | Error e) {
      LOG.error("The worker of a hanging model call could not be replaced", e);
    }
  }
}
