package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import org.jspecify.annotations.Nullable;

/** Items of one length bucket, first come first out; any of them leaves in constant time. */
final class LengthQueue<I extends PreparedItem> {

  private @Nullable QueuedItem<I> head;
  private @Nullable QueuedItem<I> tail;
  private int rows;
  private int longest;

  void append(QueuedItem<I> item) {
    item.queued = true;
    item.previous = tail;
    if (tail == null) {
      head = item;
      longest = 0;
    } else {
      tail.next = item;
    }
    tail = item;
    rows += item.rows();
    longest = Math.max(longest, item.length());
  }

  void remove(QueuedItem<I> item) {
    QueuedItem<I> previous = item.previous;
    QueuedItem<I> next = item.next;
    if (previous == null) {
      head = next;
    } else {
      previous.next = next;
    }
    if (next == null) {
      tail = previous;
    } else {
      next.previous = previous;
    }
    rows -= item.rows();
    item.previous = null;
    item.next = null;
    item.queued = false;
  }

  @Nullable QueuedItem<I> head() {
    return head;
  }

  int rows() {
    return rows;
  }

  /**
   * Tokens of the longest row that came since the queue was empty: at least that of the items that
   * are there. Exact bookkeeping would cost more than the estimate does, which can call a window
   * full a little early and never too late.
   */
  int longest() {
    return longest;
  }
}
