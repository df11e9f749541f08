package io.millrace.local.demo;

import io.millrace.local.stack.StartListener;
import java.time.Duration;

/** Hears how a stack starts, and says nothing. */
final class SilentStart implements StartListener {
  @Override
  public void starting(String part) {}

  @Override
  public void started(String part, Duration took) {}

  @Override
  public void progress(String what, double fraction) {}
}
