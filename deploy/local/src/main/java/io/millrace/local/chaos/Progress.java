package io.millrace.local.chaos;

import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The line that shows a scenario while it goes on. */
final class Progress implements AutoCloseable {

  private static final Duration REFRESH = Duration.ofMillis(500);
  private static final int BAR_WIDTH = 20;

  private final LiveDisplay display;
  private final LoadLog log;
  private final int planned;
  private final ScheduledExecutorService refresh;
  private volatile String event = "";

  /**
   * Starts to show a load.
   *
   * @param planned requests in all
   */
  Progress(Terminal terminal, LoadLog log, int planned) {
    display = new LiveDisplay(terminal);
    this.log = log;
    this.planned = planned;
    refresh =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "chaos-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        refresh.scheduleWithFixedDelay(this::show, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says what is going on. */
  void event(String what) {
    event = what;
    show();
  }

  private void show() {
    LoadLog.Counts counts = log.counts();
    display.update(
        ProgressBar.render((double) counts.ended() / planned, BAR_WIDTH)
            + "  accepted %,d  done %,d  refused %,d  %s"
                .formatted(counts.accepted(), counts.done(), counts.refused(), event));
  }

  @Override
  public void close() {
    refresh.shutdownNow();
    display.erase();
  }
}
