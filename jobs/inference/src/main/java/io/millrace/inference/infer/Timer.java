package io.millrace.inference.infer;

import java.time.Instant;

/** Does things at their time. */
public interface Timer {

  /** Runs the task at that time, or at once when it is over, on another thread. */
  Pending at(Instant time, Runnable task);

  /** A task that has not run yet. */
  interface Pending {

    /** Does not run it any more. */
    void cancel();
  }
}
