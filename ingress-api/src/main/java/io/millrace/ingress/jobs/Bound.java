package io.millrace.ingress.jobs;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Lets so many in at once. */
final class Bound {

  private final int most;
  private final Semaphore free;

  Bound(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** A place, to be closed when it is no longer needed; null when all are taken. */
  @Nullable Place tryEnter() {
    return free.tryAcquire() ? new Place(free) : null;
  }

  /** How many places are taken. */
  int taken() {
    return most - free.availablePermits();
  }

  /** A place that is taken until it is closed; closing it again does nothing. */
  static final class Place implements AutoCloseable {

    private final Semaphore free;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Place(Semaphore free) {
      this.free = free;
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        free.release();
      }
    }
  }
}
