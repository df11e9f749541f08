package io.millrace.models.runtime;

import io.millrace.models.InvalidInputException;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.models.runtime.ModelRuntime.Submission;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An item that came when its version had been unloaded: it waits until the version is loaded again
 * and then goes the way of all items. Its answer may so fail with what loading or preparing it
 * failed with.
 */
final class ReloadedSubmission implements Submission {

  private final List<Tensor> inputs;
  private final @Nullable ItemTag tag;
  private final CompletableFuture<Prediction> answer = new CompletableFuture<>();
  private Priority priority;
  private @Nullable Submission submission;

  private ReloadedSubmission(List<Tensor> inputs, Priority priority, @Nullable ItemTag tag) {
    this.inputs = inputs;
    this.priority = priority;
    this.tag = tag;
  }

  /** Submits an item to a version that is being loaded. */
  static Submission to(
      CompletableFuture<ServedModel> loading,
      List<Tensor> inputs,
      Priority priority,
      @Nullable ItemTag tag) {
    ReloadedSubmission item = new ReloadedSubmission(inputs, priority, tag);
    CompletableFuture<?> unused =
        loading
            .thenCompose(item::submitTo)
            .whenComplete(
                (prediction, failure) -> {
                  if (failure == null) {
                    item.answer.complete(prediction);
                  } else {
                    item.answer.completeExceptionally(cause(failure));
                  }
                });
    // However a caller ends the future, the item leaves the queue.
    unused = item.answer.whenComplete((prediction, failure) -> item.leaveQueue(failure));
    return item;
  }

  @Override
  public CompletableFuture<Prediction> answer() {
    return answer;
  }

  @Override
  public synchronized boolean started() {
    return submission != null && submission.started();
  }

  @Override
  public boolean withdraw() {
    Submission waiting;
    synchronized (this) {
      waiting = submission;
    }
    return (waiting == null || waiting.withdraw()) && answer.cancel(false);
  }

  @Override
  public synchronized void raise(Priority higher) {
    if (higher.compareTo(priority) < 0) {
      priority = higher;
      if (submission != null) {
        submission.raise(higher);
      }
    }
  }

  private synchronized CompletableFuture<Prediction> submitTo(ServedModel model) {
    if (answer.isDone()) {
      return answer;
    }
    try {
      submission = model.prepare(inputs).submit(priority, tag);
      return submission.answer();
    } catch (InvalidInputException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Stages wrap what those before them failed with. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }

  private void leaveQueue(@Nullable Throwable failure) {
    Submission waiting;
    synchronized (this) {
      waiting = submission;
    }
    if (failure != null && waiting != null) {
      waiting.answer().cancel(false);
    }
  }
}
