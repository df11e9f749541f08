package io.millrace.ingress.deployments;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does what operators ask for, one after the other, on a thread of its own: they are few, may take
 * seconds when Kafka is away, and must not hold up jobs.
 */
public final class OperatorTasks implements AutoCloseable {

  private static final int MAX_WAITING = 32;

  private final Duration maxQueueTime;
  private final ThreadPoolExecutor thread;

  /**
   * @param maxQueueTime a task that waited longer for its turn is refused
   */
  public OperatorTasks(Duration maxQueueTime) {
    this.maxQueueTime = maxQueueTime;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread worker = new Thread(task, "ingress-operator");
              worker.setDaemon(true);
              return worker;
            });
  }

  /**
   * Does something when it is its turn; it may block for a bounded time. The future fails with the
   * task's own failure, or with a {@link ProblemException} {@code OVERLOADED} when it waited too
   * long, or too much waits already.
   */
  public <T> CompletableFuture<T> submit(Supplier<T> task) {
    long arrival = System.nanoTime();
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            if (System.nanoTime() - arrival > maxQueueTime.toNanos()) {
              throw overloaded();
            }
            return task.get();
          },
          thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(overloaded());
    }
  }

  private static ProblemException overloaded() {
    return new ProblemException(
        ProblemType.OVERLOADED,
        "Too many changes of deployments and rollouts are under way; nothing was changed.");
  }

  /** Ends the task under way; those that wait are not done. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
