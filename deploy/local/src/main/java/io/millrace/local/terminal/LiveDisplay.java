package io.millrace.local.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One line that changes. On a terminal it is written over in place, a few times a second; elsewhere
 * (a file, a CI log) a new line appears every few seconds. Safe for use by several threads.
 */
public final class LiveDisplay {

  private static final Duration REWRITE_INTERVAL = Duration.ofMillis(100);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final LongSupplier nanoTicker;
  private final long intervalNanos;
  private boolean shown;
  private long lastShown;

  public LiveDisplay(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  LiveDisplay(Terminal terminal, LongSupplier nanoTicker) {
    this.terminal = terminal;
    this.nanoTicker = nanoTicker;
    intervalNanos = (terminal.interactive() ? REWRITE_INTERVAL : LINE_INTERVAL).toNanos();
    // The first line of a log waits for its interval too: short work needs no progress there.
    lastShown =
        terminal.interactive() ? nanoTicker.getAsLong() - intervalNanos : nanoTicker.getAsLong();
  }

  /** Shows the line, unless the last one was shown only just now. */
  public synchronized void update(String text) {
    long now = nanoTicker.getAsLong();
    if (now - lastShown < intervalNanos) {
      return;
    }
    lastShown = now;
    if (terminal.interactive()) {
      terminal.rewrite(text);
      shown = true;
    } else {
      terminal.line(text);
    }
  }

  /** Replaces the changing line by a last one that stays. */
  public synchronized void finish(String text) {
    erase();
    terminal.line(text);
  }

  /** Takes the changing line away. */
  public synchronized void erase() {
    if (shown) {
      terminal.clearLine();
      shown = false;
    }
  }
}
