package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import io.millrace.schemas.avro.Priority;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one version, shared by callers and workers.
 *
 * <p>Who wakes whom: as long as items wait and workers are idle, at least one idle worker is awake,
 * signalled, or waits for the time of the next decision. An arrival or a raise that changes the
 * decision signals one; a worker that takes a batch and leaves items signals the next.
 */
final class BatchQueue<I extends PreparedItem> {

  private final BatchWindows<I> windows;
  private final int limit;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int idleWorkers;
  private boolean closed;

  /**
   * @param windows which from now on belong to the queue
   * @param limit items that may wait
   * @param ticker nanoseconds, running at the speed of the real time
   */
  BatchQueue(BatchWindows<I> windows, int limit, LongSupplier ticker) {
    this.windows = windows;
    this.limit = limit;
    this.ticker = ticker;
  }

  /**
   * Queues an item; false when the queue is closed.
   *
   * @throws RejectedExecutionException when the limit is reached
   */
  boolean add(QueuedItem<I> item) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (windows.size() >= limit) {
        throw new RejectedExecutionException(
            "%d items wait for this model version, which is its limit".formatted(limit));
      }
      boolean first = windows.size() == 0;
      windows.add(item);
      if (idleWorkers > 0 && (first || decide() instanceof Take)) {
        changed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an item out; false when its batch was taken before. */
  boolean remove(QueuedItem<I> item) {
    lock.lock();
    try {
      return windows.remove(item);
    } finally {
      lock.unlock();
    }
  }

  /** Lets an item that waits go with a higher priority; a lower one changes nothing. */
  void raise(QueuedItem<I> item, Priority priority) {
    lock.lock();
    try {
      // The window that it comes to may be full now.
      if (windows.raise(item, priority) && idleWorkers > 0 && decide() instanceof Take) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** From now on goes by another policy, whose buckets are the same; also for items that wait. */
  void follow(BatchPolicy policy) {
    lock.lock();
    try {
      windows.follow(policy);
      // A window may be full now, or its time over.
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a worker took the item. */
  boolean taken(QueuedItem<I> item) {
    lock.lock();
    try {
      return item.taken;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next batch; null when the queue is closed. */
  @Nullable List<QueuedItem<I>> take() {
    lock.lock();
    try {
      while (!closed) {
        BatchDecision decision = decide();
        if (decision instanceof Take take) {
          List<QueuedItem<I>> batch = windows.take(take);
          if (windows.size() > 0 && idleWorkers > 0) {
            changed.signal();
          }
          return batch;
        }
        await(decision);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out everything that waits. */
  List<QueuedItem<I>> drain() {
    lock.lock();
    try {
      return windows.drain();
    } finally {
      lock.unlock();
    }
  }

  /** Ends every wait, refuses what comes later, and takes out everything that waits. */
  List<QueuedItem<I>> close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      return windows.drain();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return windows.size();
    } finally {
      lock.unlock();
    }
  }

  private BatchDecision decide() {
    return windows.decide(ticker.getAsLong());
  }

  @SuppressWarnings("WaitNotInLoop") // take() is the loop
  private void await(BatchDecision decision) {
    idleWorkers++;
    try {
      if (decision instanceof WaitUntil wait) {
        changed.awaitNanos(wait.nanos() - ticker.getAsLong());
      } else {
        changed.await();
      }
    } catch (InterruptedException e) {
      // A model left its worker interrupted. The worker has no other use for the flag.
    } finally {
      idleWorkers--;
    }
  }
}
