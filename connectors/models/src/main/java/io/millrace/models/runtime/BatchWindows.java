package io.millrace.models.runtime;

import static java.util.Objects.requireNonNull;

import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.BatchDecision.Idle;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import io.millrace.schemas.avro.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The items that wait, by priority and length bucket, and the choice of the next batch. Pure logic
 * without threads or clocks; callers share it under a lock.
 */
final class BatchWindows<I extends PreparedItem> {

  /**
   * Batches of higher classes after which a class has the next one. Beside it at most one other
   * class is due as well and goes first, so that each class starts at least 1 of 9 batches.
   */
  static final int PASSED_OVER_BOUND = 7;

  private final BatchLimit limit;

  /** By priority, the highest first. */
  private final Map<Priority, ClassWindows<I>> classes = new EnumMap<>(Priority.class);

  private int size;

  BatchWindows(BatchPolicy policy, BatchLimit limit) {
    this.limit = limit;
    for (Priority priority : Priority.values()) {
      classes.put(priority, new ClassWindows<>(priority, policy, limit));
    }
  }

  /** From now on goes by another policy, whose buckets are the same. */
  void follow(BatchPolicy policy) {
    limit.follow(policy);
    classes.values().forEach(windows -> windows.follow(policy));
  }

  int size() {
    return size;
  }

  /** Adds an item to the windows of its priority. */
  void add(QueuedItem<I> item) {
    classOf(item.priority).add(item);
    size++;
  }

  /** Takes an item out; false when it is not, or no longer, here. */
  boolean remove(QueuedItem<I> item) {
    if (!item.queued) {
      return false;
    }
    classOf(item.priority).remove(item);
    size--;
    return true;
  }

  /**
   * Moves an item that waits to a higher class, behind those that are there; false when it does not
   * wait, or not in a lower class.
   */
  boolean raise(QueuedItem<I> item, Priority priority) {
    // The contract lists the highest first.
    if (!item.queued || priority.compareTo(item.priority) >= 0) {
      return false;
    }
    classOf(item.priority).remove(item);
    classOf(priority).add(item);
    return true;
  }

  /**
   * What a free worker does now: it serves the highest class that has a batch ready, by the rules
   * of {@link ClassWindows#decide}. A class that was passed over {@link #PASSED_OVER_BOUND} times
   * goes before, or lower classes would starve behind a higher one that never runs out of items.
   *
   * @param now the ticker that items were stamped with, in nanoseconds
   */
  BatchDecision decide(long now) {
    Take next = null;
    WaitUntil earliest = null;
    for (ClassWindows<I> windows : classes.values()) {
      if (windows.size() == 0) {
        continue;
      }
      BatchDecision decision = windows.decide(now);
      if (decision instanceof Take take) {
        if (windows.passedOver() >= PASSED_OVER_BOUND) {
          return take;
        }
        next = next == null ? take : next;
      } else if (decision instanceof WaitUntil wait
          && (earliest == null || wait.nanos() - earliest.nanos() < 0)) {
        earliest = wait;
      }
    }
    if (next != null) {
      return next;
    }
    return earliest == null ? new Idle() : earliest;
  }

  /**
   * The oldest items of a bucket, as many as fit; one that fits no batch comes alone. Room that is
   * left goes to items of the same bucket in the other classes, the highest first.
   */
  List<QueuedItem<I>> take(Take decision) {
    BatchDraft<I> batch = new BatchDraft<>(limit);
    ClassWindows<I> first = classOf(decision.priority());
    first.served();
    first.fill(batch, decision.bucket());
    for (ClassWindows<I> other : classes.values()) {
      if (other != first) {
        other.fill(batch, decision.bucket());
      }
      if (other.size() > 0 && other.priority().compareTo(decision.priority()) > 0) {
        other.passOver();
      }
    }
    batch.items().forEach(item -> item.taken = true);
    size -= batch.items().size();
    return batch.items();
  }

  /** Everything that waits, in no order. */
  List<QueuedItem<I>> drain() {
    List<QueuedItem<I>> all = new ArrayList<>(size);
    classes.values().forEach(windows -> windows.drainTo(all));
    size = 0;
    return all;
  }

  private ClassWindows<I> classOf(Priority priority) {
    return requireNonNull(classes.get(priority));
  }
}
