package io.millrace.models.runtime;

import java.util.function.LongSupplier;

/**
 * How many items of a version have no answer yet, and since when there are none. It decides the
 * race between an item that comes and the end of the version: an item that has begun keeps the
 * version, and none begins after the end.
 */
final class VersionUse {

  private final LongSupplier ticker;
  private int items;
  private long usedAt;
  private boolean ended;

  VersionUse(LongSupplier ticker) {
    this.ticker = ticker;
    usedAt = ticker.getAsLong();
  }

  /** An item comes; false when the version has ended. Each item that begins is finished once. */
  synchronized boolean begin() {
    if (ended) {
      return false;
    }
    items++;
    touch();
    return true;
  }

  /** An item has its answer, or nobody wants it any more. */
  synchronized void finish() {
    items--;
    touch();
  }

  /** Counts the idle time from now. */
  synchronized void touch() {
    usedAt = ticker.getAsLong();
  }

  /** Ends the version if it has been idle that long; true the one time that this ends it. */
  synchronized boolean end(long idleNanos) {
    if (ended || items > 0 || ticker.getAsLong() - usedAt < idleNanos) {
      return false;
    }
    ended = true;
    return true;
  }

  synchronized boolean ended() {
    return ended;
  }
}
