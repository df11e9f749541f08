package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.PreparedItem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker threads of one version. A thread whose call is given up is replaced at once, so that
 * no capacity is lost, and ends, or takes a free place, when the call returns. Not more than {@code
 * maxAbandonedCalls} threads are given up that way; past that the pool shrinks, and without any
 * worker left items fail at once in place of waiting for nobody.
 */
final class WorkerPool<I extends PreparedItem> {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  private final ModelVersion version;
  private final RuntimeOptions options;
  private final BatchQueue<I> queue;
  private final BatchExecutor<I> executor;
  private final RunningCalls calls;
  private final VersionCounters counters;
  private final ThreadFactory threadFactory;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile Duration callTimeout;

  /** Threads that take batches; guarded by this for writing. */
  private volatile int workers;

  /** Threads that are inside a call that was given up; guarded by this for writing. */
  private volatile int abandoned;

  WorkerPool(
      ModelVersion version,
      RuntimeOptions options,
      BatchQueue<I> queue,
      BatchExecutor<I> executor,
      RunningCalls calls,
      VersionCounters counters) {
    this.version = version;
    this.options = options;
    this.queue = queue;
    this.executor = executor;
    this.calls = calls;
    this.counters = counters;
    this.callTimeout = options.callTimeout();
    this.threadFactory =
        DaemonThreads.named("millrace-%s-%s-worker".formatted(version.model(), version.version()));
  }

  void start() {
    workers = options.workersPerVersion();
    for (int i = 0; i < options.workersPerVersion(); i++) {
      startThread(() -> work(null));
    }
  }

  /**
   * Queues an item.
   *
   * @throws java.util.concurrent.RejectedExecutionException when too many items wait
   */
  void submit(QueuedItem<I> item) {
    if (!queue.add(item)) {
      item.answer().completeExceptionally(closed());
    } else {
      failQueuedWithoutWorkers();
    }
  }

  /** The time of each call of the batches that start from now on. */
  void callTimeout(Duration newTimeout) {
    callTimeout = newTimeout;
  }

  /** Threads that take batches. */
  int workers() {
    return workers;
  }

  int abandonedCalls() {
    return abandoned;
  }

  /** Cancels what waits and stops what runs. */
  void close() {
    CancellationException closed = closed();
    queue.close().forEach(item -> item.answer().completeExceptionally(closed));
    calls.close();
  }

  /** After {@link #close}: waits for the workers, and gives up those that are not back in time. */
  void awaitClosed(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    for (Thread thread : threads) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      // A caller's callback may close the runtime on a worker's thread.
      if (millis > 0 && !interrupted && thread != Thread.currentThread()) {
        try {
          thread.join(millis);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    calls.abandonAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(@Nullable BatchRun<I> unfinished) {
    BatchRun<I> run = unfinished == null ? nextRun() : unfinished;
    while (run != null) {
      if (!executor.execute(run, this::abandoned) && !rejoin()) {
        return;
      }
      run = nextRun();
    }
  }

  private @Nullable BatchRun<I> nextRun() {
    List<QueuedItem<I>> batch = queue.take();
    return batch == null ? null : new BatchRun<>(batch, callTimeout.toNanos());
  }

  /** A call was given up: another thread goes on with the rest of its batch, and of the queue. */
  private void abandoned(BatchRun<I> run, Runnable timedOut) {
    counters.abandonments.increment();
    boolean replace = giveUpThread();
    if (calls.closed()) {
      timedOut.run();
      return;
    }
    LOG.warn(
        "{}: a call does not stop; calls given up that have not returned: {}, worker replaced: {}",
        version,
        abandoned,
        replace);
    // On a thread of this version: completing items runs callers' code.
    try {
      startThread(
          () -> {
            timedOut.run();
            if (replace) {
              work(run);
            } else {
              endWithoutWorker(run);
            }
          });
    } catch (OutOfMemoryError e) {
      LOG.error("{}: no thread can be started for the rest of a batch", version, e);
      if (replace) {
        loseWorker();
      }
      timedOut.run();
      endWithoutWorker(run);
    }
  }

  private void endWithoutWorker(BatchRun<I> run) {
    executor.failRest(run, noWorkers());
    failQueuedWithoutWorkers();
  }

  private synchronized void loseWorker() {
    workers--;
  }

  /** Counts a thread as lost for now: whether another one takes its place. */
  private synchronized boolean giveUpThread() {
    abandoned++;
    if (abandoned <= options.maxAbandonedCalls()) {
      return true;
    }
    workers--;
    return false;
  }

  /** A thread is back from a call that was given up: whether it works on. */
  private synchronized boolean rejoin() {
    abandoned--;
    if (workers < options.workersPerVersion()) {
      workers++;
      return true;
    }
    return false;
  }

  private void failQueuedWithoutWorkers() {
    if (workers == 0) {
      executor.failRest(new BatchRun<>(queue.drain(), 0), noWorkers());
    }
  }

  private PredictionException noWorkers() {
    return new PredictionException(
        Reason.TIMEOUT, version + " has too many calls that do not stop", null);
  }

  private CancellationException closed() {
    return new CancellationException(version + " has been closed");
  }

  private void startThread(Runnable work) {
    Thread thread =
        threadFactory.newThread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            });
    threads.add(thread);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      threads.remove(thread);
      throw e;
    }
  }
}
