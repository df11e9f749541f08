package io.millrace.models.runtime;

import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.PreparedItem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch and what became of it: pieces that still have to run. At first that is the whole batch; a
 * piece that fails is cut into halves until the bad item stands alone. Halves go to the end, so
 * that neighbours in a good half need not wait for the search in the bad one.
 *
 * <p>Time: after a timeout a half gets half its parent's time, at least an eighth of the whole. One
 * hanging item of a batch so costs about two whole timeouts in place of one an item, and a batch in
 * which all hang costs one whole timeout a halving.
 *
 * <p>Used by one thread at a time.
 */
final class BatchRun<I extends PreparedItem> {

  private static final int LEAST_BUDGET = 8;

  private final Deque<Piece<I>> pieces = new ArrayDeque<>();
  private final BatchOutcome outcome = new BatchOutcome();
  private final long callBudgetNanos;

  /**
   * Items that run in one model call.
   *
   * @param budgetNanos the time of the call
   */
  record Piece<I extends PreparedItem>(List<QueuedItem<I>> items, long budgetNanos) {

    int rows() {
      return items.stream().mapToInt(QueuedItem::rows).sum();
    }

    /** Tokens of the longest row. */
    int longest() {
      return items.stream().mapToInt(QueuedItem::length).max().orElse(0);
    }

    Piece<I> wanted() {
      if (items.stream().noneMatch(item -> item.answer().isDone())) {
        return this;
      }
      return new Piece<>(
          items.stream().filter(item -> !item.answer().isDone()).toList(), budgetNanos);
    }
  }

  BatchRun(List<QueuedItem<I>> batch, long callBudgetNanos) {
    this.callBudgetNanos = callBudgetNanos;
    pieces.add(new Piece<>(batch, callBudgetNanos));
  }

  BatchOutcome outcome() {
    return outcome;
  }

  /** The next piece, without items that were cancelled meanwhile; null when nothing is left. */
  @Nullable Piece<I> next() {
    for (Piece<I> piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      Piece<I> wanted = piece.wanted();
      if (!wanted.items().isEmpty()) {
        return wanted;
      }
    }
    return null;
  }

  /** Queues the halves of a piece that failed; false when it was a single item. */
  boolean split(Piece<I> piece, PredictionException failure) {
    int size = piece.items().size();
    if (size == 1) {
      return false;
    }
    long budget =
        failure.reason() == Reason.TIMEOUT
            ? Math.max(piece.budgetNanos() / 2, callBudgetNanos / LEAST_BUDGET)
            : piece.budgetNanos();
    pieces.add(new Piece<>(piece.items().subList(0, size / 2), budget));
    pieces.add(new Piece<>(piece.items().subList(size / 2, size), budget));
    return true;
  }

  /** Puts back a piece that did not run. */
  void putBack(Piece<I> piece) {
    pieces.addFirst(piece);
  }

  /** Ends all items that are left. */
  int failRest(Throwable failure) {
    int failed = 0;
    for (Piece<I> piece = next(); piece != null; piece = next()) {
      for (QueuedItem<I> item : piece.items()) {
        failed += item.answer().completeExceptionally(failure) ? 1 : 0;
      }
    }
    return failed;
  }
}
