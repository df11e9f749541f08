package io.millrace.models.runtime;

import io.millrace.models.Answer;
import io.millrace.models.Model;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.runtime.BatchOutcome.CallSize;
import io.millrace.models.runtime.BatchRun.Piece;
import io.millrace.models.runtime.VersionBreaker.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches of one version on the calling thread, splits those that fail, and completes their
 * items. Nothing that a model throws gets out of here.
 *
 * <p>What the circuit breaker hears is what speaks for or against the model, not its inputs:
 *
 * <ul>
 *   <li>A call that answers is a success, even if it has no finite numbers for some of its items.
 *   <li>A call that uses up its time is a failure at once, however many items it has.
 *   <li>A call of one item that fails otherwise, or one that has no finite numbers for any item, is
 *       a failure if no item of the whole batch is answered. So the breaker hears of it when the
 *       batch is done.
 *   <li>Another call of several items that fails says nothing: it is split.
 * </ul>
 */
final class BatchExecutor<I extends PreparedItem> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchExecutor.class);

  private final ModelVersion version;
  private final Model<I> model;
  private final CallWatchdog watchdog;
  private final RunningCalls calls;
  private final VersionCounters counters;
  private final BatchLimit limit;
  private final VersionBreaker breaker;
  private final LongSupplier ticker;
  private final CallFailures failures;

  BatchExecutor(
      ModelVersion version,
      Model<I> model,
      CallWatchdog watchdog,
      RunningCalls calls,
      VersionCounters counters,
      BatchLimit limit,
      VersionBreaker breaker,
      LongSupplier ticker) {
    this.version = version;
    this.model = model;
    this.watchdog = watchdog;
    this.calls = calls;
    this.counters = counters;
    this.limit = limit;
    this.breaker = breaker;
    this.ticker = ticker;
    this.failures = new CallFailures(version);
  }

  /**
   * Runs all that is left of a batch.
   *
   * @param onAbandoned runs on another thread when a call does not return; the run then belongs to
   *     whom it tells
   * @return false when that happened: the run is no longer the caller's
   */
  boolean execute(BatchRun<I> run, AbandonedListener<I> onAbandoned) {
    for (Piece<I> piece = run.next(); piece != null; piece = run.next()) {
      Permit permit = breaker.tryAcquire();
      if (permit == null) {
        refuse(piece);
        continue;
      }
      try {
        if (!call(run, piece, permit, onAbandoned)) {
          return false;
        }
      } catch (RuntimeException | Error e) {
        LOG.error("{}: a batch failed outside of the model", version, e);
        breaker.release(permit);
        run.putBack(piece);
        failRest(run, failures.of(piece.budgetNanos(), e, false));
      }
    }
    settle(run);
    return true;
  }

  /** Ends what is left of a batch because nobody is left to run it. */
  void failRest(BatchRun<I> run, Throwable failure) {
    counters.failedItems.add(run.failRest(failure));
    settle(run);
  }

  /** Is told of a call that was given up. */
  interface AbandonedListener<I extends PreparedItem> {

    /**
     * A call of that run was given up.
     *
     * @param timedOut splits or fails the piece of the call: to be run before the run goes on, on a
     *     thread that may run callers' code
     */
    void abandoned(BatchRun<I> run, Runnable timedOut);
  }

  private boolean call(
      BatchRun<I> run, Piece<I> piece, Permit permit, AbandonedListener<I> onAbandoned) {
    ModelCall call =
        new ModelCall(
            abandoned -> {
              calls.end(abandoned);
              onAbandoned.abandoned(run, () -> timedOut(run, piece, permit));
            });
    Future<?> watch = watchdog.watch(call, piece.budgetNanos());
    if (!calls.start(call)) {
      watch.cancel(false);
      cancel(run, piece, permit);
      return true;
    }
    long start = ticker.getAsLong();
    List<ItemAnswer<I>> answers = List.of();
    PredictionException failure = null;
    try {
      List<Answer> answered = predict(piece, call.stopSignal());
      answers = answers(piece, answered, start, ticker.getAsLong());
    } catch (Throwable e) {
      failure = failures.of(piece.budgetNanos(), e, call.stopSignal().stopped());
    }
    calls.end(call);
    watch.cancel(false);
    long nanos = ticker.getAsLong() - start;
    counters.computeNanos.add(nanos);
    if (!call.finish()) {
      return false;
    }
    CallReport.send(version, piece, nanos, failure);
    if (failure == null) {
      answer(run, permit, answers);
    } else {
      fail(run, piece, permit, failure);
    }
    return true;
  }

  private void timedOut(BatchRun<I> run, Piece<I> piece, Permit permit) {
    PredictionException timeout = failures.timeout(piece.budgetNanos(), null);
    CallReport.send(version, piece, piece.budgetNanos(), timeout);
    fail(run, piece, permit, timeout);
  }

  private List<Answer> predict(Piece<I> piece, StopSignal stop) throws PredictionException {
    List<I> batch = piece.items().stream().map(QueuedItem::prepared).toList();
    List<Answer> answered = model.answer(batch, stop);
    if (answered.size() != batch.size()) {
      throw new PredictionException(
          Reason.MODEL_FAILURE,
          "%s gave %d answers to %d items".formatted(version, answered.size(), batch.size()),
          null);
    }
    return answered;
  }

  private List<ItemAnswer<I>> answers(Piece<I> piece, List<Answer> answered, long start, long end) {
    int size = piece.items().size();
    int rows = piece.rows();
    int longest = piece.longest();
    Duration time = Duration.ofNanos(end - start);
    counters.callCost.add((long) rows * longest, end - start);
    Optional<CallCost> cost = counters.callCost.cost();
    List<ItemAnswer<I>> answers = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      QueuedItem<I> item = piece.items().get(i);
      Prediction prediction =
          new Prediction(
              answered.get(i).outputs(),
              Duration.ofNanos(start - item.submittedAt()),
              time,
              size,
              item.prepared().tokens(),
              item.rows() * longest,
              Duration.ofNanos(Math.round((double) (end - start) * item.rows() / rows)),
              size == 1 ? time : aloneTime(item, cost),
              answered.get(i).features());
      answers.add(new ItemAnswer<>(item, prediction, nonFinite(prediction)));
    }
    return answers;
  }

  private static @Nullable Duration aloneTime(QueuedItem<?> item, Optional<CallCost> cost) {
    return cost.map(known -> known.time((long) item.rows() * item.length())).orElse(null);
  }

  private @Nullable PredictionException nonFinite(Prediction prediction) {
    return FiniteOutputs.firstNonFinite(prediction.outputs()).map(failures::nonFinite).orElse(null);
  }

  private void answer(BatchRun<I> run, Permit permit, List<ItemAnswer<I>> answers) {
    List<Prediction> fine =
        answers.stream()
            .filter(answer -> answer.failure() == null)
            .map(ItemAnswer::prediction)
            .toList();
    // Counted first: who has an answer finds it in the counters.
    counters.batches.increment();
    counters.batchSizes.record(answers.size());
    counters.items.add(fine.size());
    counters.tokens.add(fine.stream().mapToLong(Prediction::tokens).sum());
    counters.paddedTokens.add(fine.stream().mapToLong(Prediction::paddedTokens).sum());
    limit.answered();
    if (fine.isEmpty()) {
      suspect(run, permit);
    } else {
      counters.poisonIsolated.add(run.outcome().answered());
      breaker.succeeded(permit);
    }
    for (ItemAnswer<I> answer : answers) {
      if (answer.failure() == null) {
        answer.item().answer().complete(answer.prediction());
      } else {
        fail(run, answer.item(), answer.failure());
      }
    }
  }

  private void fail(BatchRun<I> run, Piece<I> piece, Permit permit, PredictionException failure) {
    if (calls.closed()) {
      cancel(run, piece, permit);
      return;
    }
    log(piece, failure);
    if (failure.reason() == Reason.OUT_OF_MEMORY) {
      run.outcome()
          .ranOutOfMemory(new CallSize(piece.rows(), piece.longest()), piece.items().size());
    }
    boolean split = run.split(piece, failure);
    if (failure.reason() == Reason.TIMEOUT) {
      breaker.failed(permit);
    } else if (split) {
      breaker.release(permit);
    } else {
      suspect(run, permit);
    }
    if (split) {
      counters.splits.increment();
    } else {
      fail(run, piece.items().get(0), failure);
    }
  }

  private void fail(BatchRun<I> run, QueuedItem<I> item, PredictionException failure) {
    counters.failedItems.increment();
    if (run.outcome().failed()) {
      counters.poisonIsolated.increment();
    }
    item.answer().completeExceptionally(failure);
  }

  private void log(Piece<I> piece, PredictionException failure) {
    if (failure.reason() == Reason.TIMEOUT) {
      LOG.warn("{}: TIMEOUT in a call of {} items", version, piece.items().size());
    } else {
      LOG.debug("{}: a call of {} items failed", version, piece.items().size(), failure);
    }
  }

  private void lowerLimit(CallSize call) {
    if (limit.ranOutOfMemory(call.rows(), call.longest())) {
      LOG.warn(
          "{}: OUT_OF_MEMORY in a call of {} rows; for now batches have {} at most",
          version,
          call.rows(),
          limit.rows());
    }
  }

  /** The permit is free for other calls while it is open whether the call speaks of the model. */
  private void suspect(BatchRun<I> run, Permit permit) {
    breaker.release(permit);
    run.outcome().suspect(permit);
  }

  private void settle(BatchRun<I> run) {
    run.outcome().verdict().forEach(breaker::failed);
    run.outcome().tooLarge().forEach(this::lowerLimit);
  }

  private void refuse(Piece<I> piece) {
    counters.refusedItems.add(piece.items().size());
    piece.items().forEach(item -> item.answer().completeExceptionally(failures.circuitOpen()));
  }

  private void cancel(BatchRun<I> run, Piece<I> piece, Permit permit) {
    breaker.release(permit);
    run.putBack(piece);
    run.failRest(new CancellationException(version + " has been closed"));
  }
}
