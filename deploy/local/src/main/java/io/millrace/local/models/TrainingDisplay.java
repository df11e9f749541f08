package io.millrace.local.models;

import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import io.millrace.training.TrainingProgress;
import java.util.Locale;

/** Shows a training: a progress bar a phase. */
public final class TrainingDisplay implements TrainingProgress, AutoCloseable {

  private static final int BAR_WIDTH = 30;

  private final LiveDisplay display;

  public TrainingDisplay(Terminal terminal) {
    display = new LiveDisplay(terminal);
  }

  @Override
  public void at(Phase phase, long done, long total) {
    String line =
        String.format(
            Locale.ROOT,
            "%-10s %s %,d of %,d",
            phase.name().toLowerCase(Locale.ROOT),
            ProgressBar.render((double) done / total, BAR_WIDTH),
            done,
            total);
    if (done == total) {
      display.finish(line);
    } else {
      display.update(line);
    }
  }

  @Override
  public void close() {
    display.erase();
  }
}
