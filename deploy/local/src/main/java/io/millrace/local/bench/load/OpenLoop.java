package io.millrace.local.bench.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Starts things when they are due, however long the earlier ones take. */
public final class OpenLoop {

  /** Below this a thread turns rather than sleeps: it would wake too late. */
  private static final long SPIN_NANOS = 60_000;

  private final LongSupplier nanoTicker;

  public OpenLoop(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
  }

  /** Something that is due. It must not block. */
  public interface Starter {

    /**
     * Starts one.
     *
     * @param dueAt when it was due, by the ticker
     */
    void start(int index, long dueAt);
  }

  /** Starts all of them, the last when it is due; stops when the thread is interrupted. */
  public void run(Arrivals arrivals, Starter starter) {
    long from = nanoTicker.getAsLong();
    for (int i = 0; i < arrivals.count(); i++) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      long due = from + arrivals.dueNanos(i);
      for (long early = due - nanoTicker.getAsLong();
          early > SPIN_NANOS && !Thread.currentThread().isInterrupted();
          early = due - nanoTicker.getAsLong()) {
        LockSupport.parkNanos(early - SPIN_NANOS / 2);
      }
      starter.start(i, due);
    }
  }
}
