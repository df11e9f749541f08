package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.BatchDecision.Idle;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import io.millrace.schemas.avro.Priority;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items of one priority class that wait, by length bucket, and the choice of the next batch
 * among them. A decision looks at each bucket once.
 */
final class ClassWindows<I extends PreparedItem> {

  private final Priority priority;
  private BatchPolicy policy;
  private final BatchLimit limit;
  private final List<LengthQueue<I>> buckets;
  private int size;
  private long arrivals;
  private long batches;
  private int passedOver;

  ClassWindows(Priority priority, BatchPolicy policy, BatchLimit limit) {
    this.priority = priority;
    this.policy = policy;
    this.limit = limit;
    this.buckets = Stream.generate(LengthQueue<I>::new).limit(policy.buckets()).toList();
  }

  Priority priority() {
    return priority;
  }

  /** From now on goes by another policy, whose buckets are the same. */
  void follow(BatchPolicy newPolicy) {
    policy = newPolicy;
  }

  int size() {
    return size;
  }

  void add(QueuedItem<I> item) {
    item.priority = priority;
    item.order = arrivals++;
    item.batchesBefore = batches;
    buckets.get(policy.bucketOf(item.length())).append(item);
    size++;
  }

  void remove(QueuedItem<I> item) {
    buckets.get(policy.bucketOf(item.length())).remove(item);
    size--;
    if (size == 0) {
      passedOver = 0;
    }
  }

  /** A batch of this class is about to be taken. */
  void served() {
    batches++;
    passedOver = 0;
  }

  /** A batch of a higher class was taken while items waited here. */
  void passOver() {
    passedOver++;
  }

  /**
   * Batches of higher classes that were taken while items waited here, since the last of its own.
   */
  int passedOver() {
    return passedOver;
  }

  /**
   * What a free worker does for this class now. The first of these that holds:
   *
   * <ol>
   *   <li>The oldest item has seen {@code starvationBound} batches of the class start: its bucket,
   *       or rare lengths would starve behind full windows.
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
      if (limit.full(bucket.rows(), bucket.longest())) {
        oldestOfFull = older(oldestOfFull, head);
      }
      double fill = limit.fill(bucket.rows(), bucket.longest());
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

  /** Moves the oldest items of a bucket into a batch, as long as they fit. */
  void fill(BatchDraft<I> batch, int bucket) {
    LengthQueue<I> queue = buckets.get(bucket);
    for (QueuedItem<I> head = queue.head();
        head != null && batch.offer(head);
        head = queue.head()) {
      remove(head);
    }
  }

  /** Moves everything that waits into a list, in no order. */
  void drainTo(List<QueuedItem<I>> all) {
    for (LengthQueue<I> bucket : buckets) {
      for (QueuedItem<I> head = bucket.head(); head != null; head = bucket.head()) {
        remove(head);
        all.add(head);
      }
    }
  }

  private Take take(QueuedItem<I> head) {
    return new Take(priority, policy.bucketOf(head.length()));
  }

  private QueuedItem<I> older(@Nullable QueuedItem<I> one, QueuedItem<I> other) {
    return one == null || other.order < one.order ? other : one;
  }
}
