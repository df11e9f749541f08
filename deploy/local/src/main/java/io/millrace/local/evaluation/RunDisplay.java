package io.millrace.local.evaluation;

import io.millrace.evaluation.RunProgress;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import java.util.Locale;

/** Shows how far an evaluation or a replay is. */
final class RunDisplay implements RunProgress, AutoCloseable {

  private static final int BAR_WIDTH = 30;

  private final LiveDisplay display;

  RunDisplay(Terminal terminal) {
    display = new LiveDisplay(terminal);
  }

  @Override
  public void at(Phase phase, long done, long total) {
    String name = phase.name().toLowerCase(Locale.ROOT);
    display.update(
        total == 0
            ? "%-10s each version alone ...".formatted(name)
            : String.format(
                Locale.ROOT,
                "%-10s %s %,d of %,d",
                name,
                ProgressBar.render((double) done / total, BAR_WIDTH),
                done,
                total));
  }

  @Override
  public void close() {
    display.erase();
  }
}
