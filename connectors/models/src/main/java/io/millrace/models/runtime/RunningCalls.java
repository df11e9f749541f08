package io.millrace.models.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of one version that run now. */
final class RunningCalls {

  private final Set<ModelCall> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Registers a call that is about to start; false when no call may start any more. */
  boolean start(ModelCall call) {
    calls.add(call);
    // Looked at after the registration: a call is refused here or seen by close, or both.
    if (closed) {
      calls.remove(call);
      return false;
    }
    return true;
  }

  void end(ModelCall call) {
    calls.remove(call);
  }

  int size() {
    return calls.size();
  }

  boolean closed() {
    return closed;
  }

  /** Refuses new calls and stops those that run. */
  void close() {
    closed = true;
    calls.forEach(ModelCall::stop);
  }

  /** Gives up what runs in spite of having been stopped. */
  void abandonAll() {
    calls.forEach(ModelCall::abandon);
  }
}
