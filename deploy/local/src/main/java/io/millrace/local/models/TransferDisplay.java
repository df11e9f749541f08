package io.millrace.local.models;

import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import io.millrace.registry.TransferProgress;
import java.util.Locale;

/** Shows how far the bytes of a package are. */
final class TransferDisplay implements TransferProgress, AutoCloseable {

  private static final int BAR_WIDTH = 30;
  private static final double MEGABYTE = 1e6;

  private final LiveDisplay display;

  TransferDisplay(Terminal terminal) {
    display = new LiveDisplay(terminal);
  }

  @Override
  public void at(String file, long done, long total) {
    display.update(
        String.format(
            Locale.ROOT,
            "%s %.1f of %.1f MB  %s",
            ProgressBar.render((double) done / total, BAR_WIDTH),
            done / MEGABYTE,
            total / MEGABYTE,
            file));
  }

  @Override
  public void close() {
    display.erase();
  }
}
