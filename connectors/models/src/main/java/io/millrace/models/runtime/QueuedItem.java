package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import io.millrace.schemas.avro.Priority;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An item on its way to an answer. It is a node of its window's list as well, so that a cancelled
 * item leaves the middle of a long queue at once; the package-private fields belong to {@link
 * LengthQueue}, {@link ClassWindows} and {@link BatchWindows}.
 */
final class QueuedItem<I extends PreparedItem> {

  private final I prepared;
  private final int rows;
  private final int length;
  private final long submittedAt;
  private final @Nullable ItemTag tag;
  private final CompletableFuture<Prediction> answer = new CompletableFuture<>();

  @Nullable QueuedItem<I> previous;
  @Nullable QueuedItem<I> next;
  boolean queued;

  /** Whether a worker took it. */
  boolean taken;

  Priority priority;

  /** Place in the order of arrival over all windows of its class. */
  long order;

  /** Batches of its class taken before it came. */
  long batchesBefore;

  QueuedItem(I prepared, Priority priority, long submittedAt) {
    this(prepared, priority, submittedAt, null);
  }

  QueuedItem(I prepared, Priority priority, long submittedAt, @Nullable ItemTag tag) {
    this.prepared = prepared;
    this.priority = priority;
    this.rows = prepared.rows();
    this.length = prepared.length();
    this.submittedAt = submittedAt;
    this.tag = tag;
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

  /** For whoever follows the item; null when nobody does. */
  @Nullable ItemTag tag() {
    return tag;
  }

  CompletableFuture<Prediction> answer() {
    return answer;
  }
}
