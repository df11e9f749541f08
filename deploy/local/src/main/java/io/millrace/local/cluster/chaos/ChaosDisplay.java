package io.millrace.local.cluster.chaos;

import io.millrace.local.cluster.load.AuditedLoad;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The line that shows how chaos goes on. */
final class ChaosDisplay implements ClusterChaos.ChaosListener, AutoCloseable {

  private static final Duration REFRESH = Duration.ofMillis(500);
  private static final int BAR_WIDTH = 20;

  private final LiveDisplay display;
  private final AuditedLoad load;
  private final Duration time;
  private final LongSupplier nanoTicker;
  private final long from;
  private final ScheduledExecutorService refresh;
  private volatile String event = "";

  private ChaosDisplay(
      Terminal terminal, AuditedLoad load, Duration time, LongSupplier nanoTicker) {
    this.display = new LiveDisplay(terminal);
    this.load = load;
    this.time = time;
    this.nanoTicker = nanoTicker;
    this.from = nanoTicker.getAsLong();
    this.refresh =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "chaos-display");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Shows it from now on.
   *
   * @param time how long the load will go on
   */
  static ChaosDisplay start(Terminal terminal, AuditedLoad load, Duration time) {
    ChaosDisplay shown = new ChaosDisplay(terminal, load, time, System::nanoTime);
    var unused =
        shown.refresh.scheduleWithFixedDelay(
            shown::show, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    return shown;
  }

  @Override
  public void event(String what) {
    event = what;
    show();
  }

  @Override
  public void line(String text) {
    display.finish(text);
  }

  private void show() {
    double share = (nanoTicker.getAsLong() - from) / (double) time.toNanos();
    display.update(
        ProgressBar.render(Math.min(1, share), BAR_WIDTH)
            + "  accepted %,d  committed %,d  %s"
                .formatted(load.times().acceptedCount(), load.times().committedCount(), event));
  }

  @Override
  public void close() {
    refresh.shutdownNow();
    display.erase();
  }
}
