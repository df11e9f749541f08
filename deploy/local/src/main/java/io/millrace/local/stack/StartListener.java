package io.millrace.local.stack;

import java.time.Duration;

/** Hears how the start of a stack goes on; called from several threads. */
public interface StartListener {

  void starting(String part);

  void started(String part, Duration took);

  /**
   * A long step goes on.
   *
   * @param what what is being done
   * @param fraction the share done, 0 to 1
   */
  void progress(String what, double fraction);
}
