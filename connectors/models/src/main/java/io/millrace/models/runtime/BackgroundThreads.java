package io.millrace.models.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on threads that leave the processor to others. Java's thread priorities do nothing on
 * Linux, where each thread has a nice value of its own; a thread can raise it but not lower it
 * again, and hands it on to threads that it starts. So each piece of work has a thread for itself,
 * which ends with it. Elsewhere threads are as any other.
 */
final class BackgroundThreads {

  /**
   * A weight of 110 against the 1,024 of other threads: little enough not to be felt, and a tenth
   * of a processor that is never free, so that loading ends also under overload.
   */
  static final int NICE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

  private final ThreadFactory threads;

  BackgroundThreads(String name) {
    threads = DaemonThreads.named(name);
  }

  /** Waits for the work; an interrupt ends the wait and interrupts the work. */
  <T> T call(Callable<T> work) throws ExecutionException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    threads
        .newThread(
            () -> {
              beNice();
              task.run();
            })
        .start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }

  private static void beNice() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      if (LibC.INSTANCE.setpriority(LibC.PRIO_PROCESS, LibC.CALLING_THREAD, NICE) != 0) {
        LOG.info("Models are loaded at normal priority: setpriority failed");
      }
    } catch (LinkageError e) {
      LOG.info("Models are loaded at normal priority: {}", e.toString());
    }
  }

  /** What is needed of the C library. */
  private interface LibC extends Library {

    LibC INSTANCE = Native.load("c", LibC.class);

    int PRIO_PROCESS = 0;
    int CALLING_THREAD = 0;

    int setpriority(int which, int who, int priority);
  }
}
