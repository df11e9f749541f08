package io.millrace.local.stack;

import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Shows how the start of a stack goes on: one line that changes. */
public final class StartDisplay implements StartListener, AutoCloseable {

  private static final int BAR_WIDTH = 20;

  private final LiveDisplay display;
  private final Set<String> starting = new LinkedHashSet<>();
  private String progress = "";

  public StartDisplay(Terminal terminal) {
    display = new LiveDisplay(terminal);
  }

  @Override
  public synchronized void starting(String part) {
    starting.add(part);
    show();
  }

  @Override
  public synchronized void started(String part, Duration took) {
    starting.remove(part);
    show();
  }

  @Override
  public synchronized void progress(String what, double fraction) {
    progress = fraction < 1 ? "  " + ProgressBar.render(fraction, BAR_WIDTH) + " " + what : "";
    show();
  }

  private void show() {
    display.update("Starting " + String.join(", ", starting) + " ..." + progress);
  }

  /** Takes the line away. */
  @Override
  public void close() {
    display.erase();
  }
}
