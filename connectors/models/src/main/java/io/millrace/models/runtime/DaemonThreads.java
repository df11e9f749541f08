package io.millrace.models.runtime;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads with telling names that do not keep the process alive. */
final class DaemonThreads implements ThreadFactory {

  private final String prefix;
  private final AtomicInteger count = new AtomicInteger();

  private DaemonThreads(String prefix) {
    this.prefix = prefix;
  }

  /** Names threads {@code <prefix>-1}, {@code <prefix>-2} and so on. */
  static DaemonThreads named(String prefix) {
    return new DaemonThreads(prefix);
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
    thread.setDaemon(true);
    // Not the one of the task that happens to start it: the thread outlives the job's classes.
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }
}
