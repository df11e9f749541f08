package io.millrace.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether Redis is worth asking. After a failure it is left alone for a while, then one caller in
 * each such while may try; so a Redis that does not answer costs that one caller its timeout, and
 * nobody else.
 */
final class Availability {

  static final long PAUSE_NANOS = 500_000_000L;

  private final LongSupplier nanoTime;
  private final AtomicLong nextTry = new AtomicLong();
  private final AtomicBoolean available = new AtomicBoolean(true);

  Availability(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean permits() {
    if (available.get()) {
      return true;
    }
    long due = nextTry.get();
    long now = nanoTime.getAsLong();
    return now - due >= 0 && nextTry.compareAndSet(due, now + PAUSE_NANOS);
  }

  /** Returns whether that is news. */
  boolean succeeded() {
    return !available.get() && available.compareAndSet(false, true);
  }

  /** Returns whether that is news. */
  boolean failed() {
    nextTry.set(nanoTime.getAsLong() + PAUSE_NANOS);
    return available.compareAndSet(true, false);
  }
}
