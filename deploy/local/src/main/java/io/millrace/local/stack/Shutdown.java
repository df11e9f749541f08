package io.millrace.local.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was opened, in reverse order, when the process ends: by itself, by Ctrl-C or by
 * SIGTERM. Logging ends last.
 */
public final class Shutdown {

  private final Deque<Step> steps = new ArrayDeque<>();
  private final Thread main = Thread.currentThread();
  private boolean begun;

  private record Step(String name, AutoCloseable closeable) {}

  /** Closes things when this process ends; the calling thread is interrupted then. */
  public static Shutdown install() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
    return shutdown;
  }

  /** Closes this before all that was added earlier. */
  public synchronized <T extends AutoCloseable> T add(String name, T closeable) {
    steps.push(new Step(name, closeable));
    return closeable;
  }

  /** Whether the process is ending. */
  public synchronized boolean begun() {
    return begun;
  }

  private void run() {
    synchronized (this) {
      begun = true;
    }
    main.interrupt();
    Logger log = LoggerFactory.getLogger(Shutdown.class);
    for (Step step = next(); step != null; step = next()) {
      try {
        step.closeable.close();
      } catch (Exception e) {
        log.warn("{} did not close cleanly", step.name, e);
      }
    }
    LogManager.shutdown();
  }

  private synchronized @Nullable Step next() {
    return steps.poll();
  }
}
