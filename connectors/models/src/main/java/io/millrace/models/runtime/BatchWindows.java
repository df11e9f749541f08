package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.BatchDecision.Idle;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items that wait, by length bucket, and the choice of the next batch. Pure logic without
 * threads or clocks; callers share it under a lock. A decision looks at each bucket once.
 */
final class BatchWindows<I extends PreparedItem> {

  private final BatchPolicy policy;
  private final List<LengthQueue<I>> buckets;
  private int size;
  private long arrivals;
  private long batches;

  BatchWindows(BatchPolicy policy) {
    this.policy = policy;
    this.buckets = Stream.generate(LengthQueue<I>::new).limit(policy.buckets()).toList();
  }

  int size() {
    return size;
  }

  void add(QueuedItem<I> item) {
    item.order = arrivals++;
    item.batchesBefore = batches;
    buckets.get(policy.bucketOf(item.length())).append(item);
    size++;
  }

  /** Takes an item out; false when it is not, or no longer, here. */
  boolean remove(QueuedItem<I> item) {
    if (!item.queued) {
      return false;
    }
    buckets.get(policy.bucketOf(item.length())).remove(item);
    size--;
    return true;
  }

  /**
   * What a free worker does now. The first of these that holds:
   *
   * <ol>
   *   <li>The oldest item has seen {@code starvationBound} batches start: its bucket, or rare
   *       lengths would starve behind full windows.
   *   <li>Windows are full: of these the one with the oldest item.
   *   <li>The oldest item has waited {@code maxDelay}: its bucket.
   *   <li>Items have waited {@code minDelay}: of their buckets the fullest.
   *   <li>Wait for that.
   * </ol>
   *
   * @param now the ticker that items were stamped with, in nanoseconds
   */
  BatchDecision decide(long now) {
    QueuedItem<I> oldest = null;
    QueuedItem<I> oldestOfFull = null;
    QueuedItem<I> fullest = null;
    double bestFill = -1;
    for (LengthQueue<I> bucket : buckets) {
      QueuedItem<I> head = bucket.head();
      if (head == null) {
        continue;
      }
      oldest = older(oldest, head);
      if (policy.full(bucket.rows(), bucket.longest())) {
        oldestOfFull = older(oldestOfFull, head);
      }
      double fill = policy.fill(bucket.rows(), bucket.longest());
      if (fill > bestFill && now - head.submittedAt() >= policy.minDelayNanos()) {
        fullest = head;
        bestFill = fill;
      }
    }
    if (oldest == null) {
      return new Idle();
    }
    if (batches - oldest.batchesBefore >= policy.starvationBound()) {
      return take(oldest);
    }
    if (oldestOfFull != null) {
      return take(oldestOfFull);
    }
    if (now - oldest.submittedAt() >= policy.maxDelayNanos()) {
      return take(oldest);
    }
    if (fullest != null) {
      return take(fullest);
    }
    return new WaitUntil(oldest.submittedAt() + policy.minDelayNanos());
  }

  /** The oldest items of a bucket, as many as fit; one that fits no batch comes alone. */
  List<QueuedItem<I>> take(Take decision) {
    LengthQueue<I> bucket = buckets.get(decision.bucket());
    List<QueuedItem<I>> batch = new ArrayList<>();
    int rows = 0;
    int longest = 0;
    for (QueuedItem<I> head = bucket.head(); head != null; head = bucket.head()) {
      rows += head.rows();
      longest = Math.max(longest, head.length());
      if (!batch.isEmpty() && !policy.fits(rows, longest)) {
        break;
      }
      remove(head);
      batch.add(head);
    }
    batches++;
    return batch;
  }

  /** Everything that waits, in no order. */
  List<QueuedItem<I>> drain() {
    List<QueuedItem<I>> all = new ArrayList<>(size);
    for (LengthQueue<I> bucket : buckets) {
      for (QueuedItem<I> head = bucket.head(); head != null; head = bucket.head()) {
        remove(head);
        all.add(head);
      }
    }
    return all;
  }

  private Take take(QueuedItem<I> head) {
    return new Take(policy.bucketOf(head.length()));
  }

  private QueuedItem<I> older(@Nullable QueuedItem<I> one, QueuedItem<I> other) {
    return one == null || other.order < one.order ? other : one;
  }
}
