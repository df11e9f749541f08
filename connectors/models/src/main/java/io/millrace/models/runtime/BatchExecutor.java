package io.millrace.models.runtime;

import io.millrace.models.Model;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.runtime.BatchRun.Piece;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches of one version on the calling thread, splits those that fail, and completes their
 * items. Nothing that a model throws gets out of here.
 */
final class BatchExecutor<I extends PreparedItem> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchExecutor.class);

  private final ModelVersion version;
  private final Model<I> model;
  private final CallWatchdog watchdog;
  private final RunningCalls calls;
  private final VersionCounters counters;
  private final LongSupplier ticker;
  private final CallFailures failures;

  BatchExecutor(
      ModelVersion version,
      Model<I> model,
      CallWatchdog watchdog,
      RunningCalls calls,
      VersionCounters counters,
      LongSupplier ticker) {
    this.version = version;
    this.model = model;
    this.watchdog = watchdog;
    this.calls = calls;
    this.counters = counters;
    this.ticker = ticker;
    this.failures = new CallFailures(version);
  }

  /**
   * Runs all that is left of a batch.
   *
   * @param onAbandoned runs on another thread when a call does not return; the run, with {@link
   *     #timedOut} called on it first, then belongs to whom it tells
   * @return false when that happened: the run is no longer the caller's
   */
  boolean execute(BatchRun<I> run, AbandonedListener<I> onAbandoned) {
    for (Piece<I> piece = run.next(); piece != null; piece = run.next()) {
      try {
        if (!call(run, piece, onAbandoned)) {
          return false;
        }
      } catch (RuntimeException | Error e) {
        LOG.error("{}: a batch failed outside of the model", version, e);
        run.putBack(piece);
        failRest(run, failures.of(piece.budgetNanos(), e, false));
      }
    }
    return true;
  }

  /** Splits or fails the piece whose call was given up. */
  void timedOut(BatchRun<I> run, Piece<I> piece) {
    fail(run, piece, failures.timeout(piece.budgetNanos(), null));
  }

  /** Ends what is left of a batch because nobody is left to run it. */
  void failRest(BatchRun<I> run, Throwable failure) {
    counters.failedItems.add(run.failRest(failure));
  }

  /** Is told of a call that was given up. */
  interface AbandonedListener<I extends PreparedItem> {
    void abandoned(BatchRun<I> run, Piece<I> piece);
  }

  private boolean call(BatchRun<I> run, Piece<I> piece, AbandonedListener<I> onAbandoned) {
    ModelCall call =
        new ModelCall(
            abandoned -> {
              calls.end(abandoned);
              onAbandoned.abandoned(run, piece);
            });
    Future<?> watch = watchdog.watch(call, piece.budgetNanos());
    if (!calls.start(call)) {
      watch.cancel(false);
      cancel(run, piece);
      return true;
    }
    long start = ticker.getAsLong();
    List<Prediction> predictions = List.of();
    PredictionException failure = null;
    try {
      List<List<Tensor>> outputs = predict(piece, call.stopSignal());
      predictions = predictions(piece, outputs, start, ticker.getAsLong());
    } catch (Throwable e) {
      failure = failures.of(piece.budgetNanos(), e, call.stopSignal().stopped());
    }
    calls.end(call);
    watch.cancel(false);
    counters.computeNanos.add(ticker.getAsLong() - start);
    if (!call.finish()) {
      return false;
    }
    if (failure == null) {
      succeed(piece, predictions);
    } else {
      fail(run, piece, failure);
    }
    return true;
  }

  private List<List<Tensor>> predict(Piece<I> piece, StopSignal stop) throws PredictionException {
    List<I> batch = piece.items().stream().map(QueuedItem::prepared).toList();
    List<List<Tensor>> outputs = model.predict(batch, stop);
    if (outputs.size() != batch.size()) {
      throw new PredictionException(
          Reason.MODEL_FAILURE,
          "%s gave %d answers to %d items".formatted(version, outputs.size(), batch.size()),
          null);
    }
    return outputs;
  }

  private List<Prediction> predictions(
      Piece<I> piece, List<List<Tensor>> outputs, long start, long end) {
    int size = piece.items().size();
    int longest = piece.items().stream().mapToInt(QueuedItem::length).max().orElse(0);
    Duration time = Duration.ofNanos(end - start);
    List<Prediction> predictions = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      QueuedItem<I> item = piece.items().get(i);
      predictions.add(
          new Prediction(
              outputs.get(i),
              Duration.ofNanos(start - item.submittedAt()),
              time,
              size,
              item.prepared().tokens(),
              item.rows() * longest));
    }
    return predictions;
  }

  private void succeed(Piece<I> piece, List<Prediction> predictions) {
    // Counted first: who has an answer finds it in the counters.
    counters.batches.increment();
    counters.items.add(predictions.size());
    counters.tokens.add(predictions.stream().mapToLong(Prediction::tokens).sum());
    counters.paddedTokens.add(predictions.stream().mapToLong(Prediction::paddedTokens).sum());
    for (int i = 0; i < predictions.size(); i++) {
      piece.items().get(i).answer().complete(predictions.get(i));
    }
  }

  private void fail(BatchRun<I> run, Piece<I> piece, PredictionException failure) {
    if (calls.closed()) {
      cancel(run, piece);
      return;
    }
    if (failure.reason() == Reason.TIMEOUT || failure.reason() == Reason.OUT_OF_MEMORY) {
      LOG.warn("{}: {} in a call of {} items", version, failure.reason(), piece.items().size());
    } else {
      LOG.debug("{}: a call of {} items failed", version, piece.items().size(), failure);
    }
    if (run.split(piece, failure)) {
      counters.splits.increment();
    } else {
      counters.failedItems.increment();
      piece.items().get(0).answer().completeExceptionally(failure);
    }
  }

  private void cancel(BatchRun<I> run, Piece<I> piece) {
    run.putBack(piece);
    run.failRest(new CancellationException(version + " has been closed"));
  }
}
