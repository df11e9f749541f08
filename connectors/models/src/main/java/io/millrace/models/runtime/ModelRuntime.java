package io.millrace.models.runtime;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs items on model versions; each version has its own batch windows and worker pool. One a
 * process: items of all callers meet in the same batches. Safe for use by several threads.
 */
public interface ModelRuntime extends AutoCloseable {

  /**
   * The version, loaded, verified and warm. The first call starts the load, later ones share it. A
   * failed load completes the future with {@link io.millrace.models.ModelLoadException} and is
   * tried again by the next call after a pause (default 10 s), so that a repaired package is picked
   * up and a broken one does not keep the machine busy.
   */
  CompletableFuture<ServedModel> load(ModelVersion version);

  /**
   * Keeps a version loaded and warm for as long as the hold is open. A version that nobody holds is
   * unloaded when it has had nothing to do for a while; whoever asks for it then loads it again.
   *
   * @param options what goes over the package's own hints, at once; of the open holds the last
   *     opened counts
   */
  Hold hold(ModelVersion version, ServingOptions options);

  /**
   * What a call of a version costs, as far as calls in this process have taught it, also when the
   * version is no longer loaded; empty while there were fewer than 20, or all of one size.
   */
  default Optional<CallCost> callCost(ModelVersion version) {
    return Optional.empty();
  }

  /**
   * What a call costs of the version that one is a quantised form of; empty when it is of none, or
   * when that one's calls have not taught it in this process.
   */
  default Optional<CallCost> sourceCost(ModelVersion version) {
    return Optional.empty();
  }

  /** Someone's wish that a version stays loaded. */
  interface Hold extends AutoCloseable {

    /** As {@link ModelRuntime#load}: fails when the load does. */
    CompletableFuture<ServedModel> loaded();

    /** Other holds keep the version; items that it has already are answered. */
    @Override
    void close();
  }

  /** Stops taking items, fails those that wait, stops running calls and frees the models. */
  @Override
  void close();

  /**
   * One version that takes items. It stays good when the version is unloaded: the first item loads
   * it again, and then fails with what the load or its preparation fails with, if they do.
   */
  interface ServedModel {

    ModelVersion version();

    /**
     * Checks and prepares one request on the caller's thread.
     *
     * @throws InvalidInputException when the inputs do not fit the model's signature
     * @throws java.util.concurrent.CancellationException when the runtime has been closed
     */
    Ticket prepare(List<Tensor> inputs) throws InvalidInputException;
  }

  /** A prepared item that has not been submitted yet. */
  interface Ticket {

    /** Queues the item for a batch. */
    default Submission submit(Priority priority) {
      return submit(priority, null);
    }

    /**
     * Queues the item for a batch.
     *
     * @param tag for who wants to hear of the calls that it runs in; null for nobody
     */
    Submission submit(Priority priority, @Nullable ItemTag tag);
  }

  /** An item on its way to an answer. */
  interface Submission {

    /**
     * Completes with the answer, or with {@link io.millrace.models.PredictionException}, or with
     * {@link java.util.concurrent.CancellationException} when the item was withdrawn or the runtime
     * closes first, or with {@link java.util.concurrent.RejectedExecutionException} when too many
     * items wait. It completes on a worker's thread, or before {@code submit} returns when the item
     * is not taken: too many wait, or the version's circuit breaker is open ({@code CIRCUIT_OPEN}).
     * Cancelling it before its batch starts takes the item out of the queue.
     */
    CompletableFuture<Prediction> answer();

    /** Whether a worker took the item up: from then on it costs time of the model. */
    boolean started();

    /** Takes the item out of the queue and cancels the answer; false when it had started before. */
    boolean withdraw();

    /** Lets an item that still waits go with a higher priority; a lower one changes nothing. */
    void raise(Priority priority);
  }
}
