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
public final class Shutdown implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final Deque<Step> steps = new ArrayDeque<>();
  private volatile boolean begun;

  private record Step(String name, AutoCloseable closeable) {}

  /** Closes things when this process ends; the calling thread is interrupted then. */
  public static Shutdown install() {
    Shutdown shutdown = new Shutdown();
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.end(main), "shutdown"));
    return shutdown;
  }

  /** Closes this before all that was added earlier. */
  public synchronized <T extends AutoCloseable> T add(String name, T closeable) {
    steps.push(new Step(name, closeable));
    return closeable;
  }

  /** One for things that are closed before the others, or at the latest with them. */
  public Shutdown nested(String name) {
    return add(name, new Shutdown());
  }

  /** Whether the process is ending. */
  public boolean begun() {
    return begun;
  }

  private void end(Thread main) {
    begun = true;
    main.interrupt();
    close();
    LogManager.shutdown();
  }

  /** Closes what was added so far. */
  @Override
  public void close() {
    for (Step step = next(); step != null; step = next()) {
      try {
        step.closeable.close();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", step.name, e);
      }
    }
  }

  private synchronized @Nullable Step next() {
    return steps.poll();
  }
}
