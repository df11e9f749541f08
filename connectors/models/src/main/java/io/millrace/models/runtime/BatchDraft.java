package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import java.util.ArrayList;
import java.util.List;

/** A batch that is being put together. */
final class BatchDraft<I extends PreparedItem> {

  private final BatchLimit limit;
  private final List<QueuedItem<I>> items = new ArrayList<>();
  private int rows;
  private int longest;

  BatchDraft(BatchLimit limit) {
    this.limit = limit;
  }

  /** Adds an item if it fits; one that fits no batch is taken into an empty one, to run alone. */
  boolean offer(QueuedItem<I> item) {
    int newRows = rows + item.rows();
    int newLongest = Math.max(longest, item.length());
    if (!items.isEmpty() && !limit.fits(newRows, newLongest)) {
      return false;
    }
    rows = newRows;
    longest = newLongest;
    return items.add(item);
  }

  List<QueuedItem<I>> items() {
    return items;
  }
}
