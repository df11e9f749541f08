package io.millrace.models.runtime;

import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.ModelVersion;
import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.models.runtime.ModelRuntime.Submission;
import io.millrace.models.runtime.ModelRuntime.Ticket;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A version with its windows and workers. */
final class LoadedVersion<I extends PreparedItem> implements ServedModel {

  private final ModelVersion version;
  private final GuardedModel<I> model;
  private final BatchQueue<I> queue;
  private final WorkerPool<I> pool;
  private final RunningCalls calls = new RunningCalls();
  private final VersionCounters counters;
  private final BatchLimit limit;
  private final VersionBreaker breaker;
  private final CallFailures failures;
  private final BatchPolicy policy;
  private final RuntimeOptions options;
  private final LongSupplier ticker;
  private final VersionUse use;
  private final Reloader reloader;

  /** Loads a version again that was unloaded. */
  interface Reloader {
    CompletableFuture<ServedModel> load(ModelVersion version);
  }

  private LoadedVersion(
      ModelVersion version,
      Model<I> model,
      BatchPolicy policy,
      RuntimeOptions options,
      CallWatchdog watchdog,
      LongSupplier ticker,
      CallCostFit callCost,
      Reloader reloader) {
    this.version = version;
    this.counters = new VersionCounters(callCost);
    this.model = new GuardedModel<>(model);
    this.policy = policy;
    this.options = options;
    this.ticker = ticker;
    this.use = new VersionUse(ticker);
    this.reloader = reloader;
    this.limit = new BatchLimit(policy);
    this.failures = new CallFailures(version);
    BatchWindows<I> windows = new BatchWindows<>(policy, limit);
    this.queue = new BatchQueue<>(windows, options.maxQueuedItems(), ticker);
    this.breaker = new VersionBreaker(version, options.breaker(), ticker, this::breakerOpened);
    this.pool =
        new WorkerPool<>(
            version,
            options,
            queue,
            new BatchExecutor<>(
                version, this.model, watchdog, calls, counters, limit, breaker, ticker),
            calls,
            counters);
  }

  /**
   * Starts the workers of a model that from now on belongs to what is returned.
   *
   * @throws OutOfMemoryError when threads cannot be started; the model has been closed then
   */
  static <I extends PreparedItem> LoadedVersion<I> start(
      ModelVersion version,
      Model<I> model,
      BatchPolicy policy,
      RuntimeOptions options,
      CallWatchdog watchdog,
      LongSupplier ticker,
      CallCostFit callCost,
      Reloader reloader) {
    LoadedVersion<I> loaded =
        new LoadedVersion<>(version, model, policy, options, watchdog, ticker, callCost, reloader);
    try {
      loaded.pool.start();
    } catch (OutOfMemoryError e) {
      loaded.close();
      loaded.awaitClosed(Duration.ZERO);
      throw e;
    }
    return loaded;
  }

  @Override
  public ModelVersion version() {
    return version;
  }

  @Override
  public Ticket prepare(List<Tensor> inputs) throws InvalidInputException {
    Ticket afterReload =
        (priority, tag) -> ReloadedSubmission.to(reloader.load(version), inputs, priority, tag);
    if (use.ended()) {
      return afterReload;
    }
    if (calls.closed()) {
      // It may have been unloaded since the look above.
      if (use.ended()) {
        return afterReload;
      }
      throw new CancellationException(version + " has been closed");
    }
    I prepared;
    try {
      prepared = model.prepare(inputs);
    } catch (CancellationException e) {
      if (use.ended()) {
        return afterReload;
      }
      throw e;
    }
    return (priority, tag) ->
        use.begin() ? submit(prepared, priority, tag) : afterReload.submit(priority, tag);
  }

  /** From now on goes by what a deployment says, over the package's hints and the options. */
  void follow(ServingOptions serving) {
    queue.follow(policy.with(serving));
    pool.callTimeout(Objects.requireNonNullElse(serving.callTimeout(), options.callTimeout()));
  }

  /** Someone wants the version: its idle time counts from now. */
  void touch() {
    use.touch();
  }

  /**
   * Ends the version if it has had nothing to do for that long: it takes no items any more, and
   * whoever still has it loads it again with the first item. True the one time that this ends it;
   * then {@link #close}.
   */
  boolean endIfIdle(Duration time) {
    // An item that nobody waits for any more may still be inside a call, also one that was given
    // up.
    if (calls.size() > 0 || pool.abandonedCalls() > 0) {
      use.touch();
    }
    return use.end(time.toNanos());
  }

  RuntimeStats stats() {
    return new RuntimeStats(
        version,
        pool.workers(),
        queue.size(),
        calls.size(),
        pool.abandonedCalls(),
        counters.batches.sum(),
        counters.batchSizes,
        counters.items.sum(),
        counters.tokens.sum(),
        counters.paddedTokens.sum(),
        counters.failedItems.sum(),
        counters.poisonIsolated.sum(),
        counters.refusedItems.sum(),
        counters.splits.sum(),
        counters.abandonments.sum(),
        limit.rows(),
        breaker.state(),
        counters.breakerOpened.sum(),
        Duration.ofNanos(counters.computeNanos.sum()),
        counters.callCost.cost().orElse(null));
  }

  /** Cancels what waits and stops what runs; then {@link #awaitClosed}. */
  void close() {
    pool.close();
  }

  /** Waits for the workers; the model is freed by the last call to return, late ones included. */
  void awaitClosed(Duration time) {
    pool.awaitClosed(time);
    model.close();
  }

  private Submission submit(I prepared, Priority priority, @Nullable ItemTag tag) {
    QueuedItem<I> item = new QueuedItem<>(prepared, priority, ticker.getAsLong(), tag);
    CompletableFuture<Prediction> answer = item.answer();
    // However a caller ends the future (cancel, orTimeout), the item leaves the queue.
    CompletableFuture<Prediction> unused =
        answer.whenComplete(
            (prediction, failure) -> {
              if (failure != null) {
                queue.remove(item);
              }
              use.finish();
            });
    if (breaker.admits()) {
      enqueue(item);
    } else {
      refuse(List.of(item));
    }
    return new Queued(item);
  }

  private void enqueue(QueuedItem<I> item) {
    try {
      pool.submit(item);
    } catch (RejectedExecutionException e) {
      item.answer().completeExceptionally(e);
    }
    // The breaker may have opened, and emptied the queue, before the item came to it.
    if (breaker.state() == BreakerState.OPEN && queue.remove(item)) {
      refuse(List.of(item));
    }
  }

  /** What waits would wait for workers that may all hang. */
  private void breakerOpened() {
    counters.breakerOpened.increment();
    refuse(queue.drain());
  }

  private void refuse(List<QueuedItem<I>> items) {
    counters.refusedItems.add(items.size());
    items.forEach(item -> item.answer().completeExceptionally(failures.circuitOpen()));
  }

  private final class Queued implements Submission {

    private final QueuedItem<I> item;

    Queued(QueuedItem<I> item) {
      this.item = item;
    }

    @Override
    public CompletableFuture<Prediction> answer() {
      return item.answer();
    }

    @Override
    public boolean started() {
      return queue.taken(item);
    }

    @Override
    public boolean withdraw() {
      return queue.remove(item) && item.answer().cancel(false);
    }

    @Override
    public void raise(Priority priority) {
      queue.raise(item, priority);
    }
  }
}
