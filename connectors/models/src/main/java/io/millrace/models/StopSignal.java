package io.millrace.models;

import org.jspecify.annotations.Nullable;

/**
 * Stops one running model call from another thread. An engine that can stop registers how; a signal
 * that fired before runs the action at once. Each action runs at most once.
 */
public final class StopSignal {

  private boolean stopped;
  private @Nullable Runnable action;

  /** Fires the signal. Later calls do nothing. */
  public synchronized void stop() {
    if (!stopped) {
      stopped = true;
      if (action != null) {
        action.run();
      }
    }
  }

  public synchronized boolean stopped() {
    return stopped;
  }

  /** Says how the call that is about to start is stopped. */
  public synchronized void onStop(Runnable newAction) {
    action = newAction;
    if (stopped) {
      newAction.run();
    }
  }

  /** Forgets the action: the call is over and what it would stop may be gone. */
  public synchronized void clear() {
    action = null;
  }
}
