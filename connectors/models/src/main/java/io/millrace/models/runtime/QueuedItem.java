package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An item on its way to an answer. It is a node of its window's list as well, so that a cancelled
 * item leaves the middle of a long queue at once; the package-private fields belong to {@link
 * LengthQueue} and {@link BatchWindows}.
 */
final class QueuedItem<I extends PreparedItem> {

  private final I prepared;
  private final int rows;
  private final int length;
  private final long submittedAt;
  private final CompletableFuture<Prediction> answer = new CompletableFuture<>();

  @Nullable QueuedItem<I> previous;
  @Nullable QueuedItem<I> next;
  boolean queued;

  /** Place in the order of arrival over all windows. */
  long order;

  /** Batches taken before it came. */
  long batchesBefore;

  QueuedItem(I prepared, long submittedAt) {
    this.prepared = prepared;
    this.rows = prepared.rows();
    this.length = prepared.length();
    this.submittedAt = submittedAt;
  }

  I prepared() {
    return prepared;
  }

  int rows() {
    return rows;
  }

  int length() {
    return length;
  }

  long submittedAt() {
    return submittedAt;
  }

  CompletableFuture<Prediction> answer() {
    return answer;
  }
}
