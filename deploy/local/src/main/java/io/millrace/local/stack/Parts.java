package io.millrace.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts parts in parallel, each when those that it needs have started, and stops them in the
 * reverse of the order in which they were added. One that fails to start fails the whole.
 */
public final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final StartListener listener;
  private final LongSupplier nanoTicker;
  private final ExecutorService starters = Executors.newCachedThreadPool(daemons("start"));
  private final List<Part<?>> parts = new ArrayList<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile boolean closing;
  private boolean closed;

  public Parts(StartListener listener, LongSupplier nanoTicker) {
    this.listener = listener;
    this.nanoTicker = nanoTicker;
  }

  /** Adds a part that is stopped in the end, and starts it once the others have started. */
  public <T extends AutoCloseable> CompletableFuture<T> start(
      String name, Callable<T> starter, CompletableFuture<?>... needed) {
    return add(name, starter, value -> value, needed);
  }

  /** Adds a step that leaves nothing to stop, and does it once the others have started. */
  public <T> CompletableFuture<T> run(
      String name, Callable<T> step, CompletableFuture<?>... needed) {
    return add(name, step, value -> null, needed);
  }

  private <T> CompletableFuture<T> add(
      String name, Callable<T> starter, Stoppable<T> stoppable, CompletableFuture<?>... needed) {
    Part<T> part = new Part<>(name, stoppable);
    CompletableFuture<T> started =
        CompletableFuture.allOf(needed).thenApplyAsync(ignored -> start(part, starter), starters);
    part.started = started;
    parts.add(part);
    return started;
  }

  private <T> T start(Part<T> part, Callable<T> starter) {
    if (closing) {
      throw new CancellationException("The stack is stopping");
    }
    long from = nanoTicker.getAsLong();
    LOG.info("Starting {}", part.name);
    listener.starting(part.name);
    try {
      T value = starter.call();
      part.value = value;
      Duration took = Duration.ofNanos(nanoTicker.getAsLong() - from);
      LOG.info("{} started in {} ms", part.name, took.toMillis());
      listener.started(part.name, took);
      return value;
    } catch (Exception | LinkageError e) {
      PartFailedException failed = new PartFailedException(part.name, e);
      failure.completeExceptionally(failed);
      throw failed;
    }
  }

  /**
   * Waits until all parts added so far have started.
   *
   * @throws PartFailedException when one fails to start; names it
   */
  public void await() throws InterruptedException {
    CompletableFuture<?>[] all =
        parts.stream().map(part -> part.started).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.anyOf(failure, CompletableFuture.allOf(all)).get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(ExecutionException e) {
    Throwable cause = e.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof PartFailedException failed
        ? failed
        : new PartFailedException("The stack", e);
  }

  /** Stops what has started and what is still starting; a part that does not stop is left. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closing = true;
    starters.shutdownNow();
    ExecutorService stoppers = Executors.newCachedThreadPool(daemons("stop"));
    List<Part<?>> reversed = new ArrayList<>(parts);
    Collections.reverse(reversed);
    for (Part<?> part : reversed) {
      stop(part, stoppers);
    }
    stoppers.shutdownNow();
  }

  private void stop(Part<?> part, ExecutorService stoppers) {
    long from = nanoTicker.getAsLong();
    try {
      stoppers.submit(part::stop).get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      Duration took = Duration.ofNanos(nanoTicker.getAsLong() - from);
      LOG.info("{} stopped in {} ms", part.name, took.toMillis());
    } catch (ExecutionException e) {
      LOG.warn("{} did not stop cleanly", part.name, e.getCause());
    } catch (TimeoutException e) {
      LOG.warn("{} did not stop in {} s", part.name, STOP_TIMEOUT.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, "stack-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** What of a started part is to be closed; null for nothing. */
  private interface Stoppable<T> {
    @Nullable AutoCloseable of(T value);
  }

  private static final class Part<T> {
    private final String name;
    private final Stoppable<T> stoppable;
    private CompletableFuture<T> started = new CompletableFuture<>();
    private volatile @Nullable T value;

    Part(String name, Stoppable<T> stoppable) {
      this.name = name;
      this.stoppable = stoppable;
    }

    /** Waits for a start that is under way, so that nothing comes up after the stop. */
    @Nullable Void stop() throws Exception {
      started.handle((ignored, failure) -> null).get();
      T current = value;
      AutoCloseable closeable = current == null ? null : stoppable.of(current);
      if (closeable != null) {
        closeable.close();
      }
      return null;
    }
  }
}
