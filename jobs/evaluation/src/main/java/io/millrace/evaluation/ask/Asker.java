package io.millrace.evaluation.ask;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.models.runtime.Prediction;
import io.millrace.models.runtime.SharedModelRuntime;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Asks every version each question, at the same time and in the same runtime, so that all answer
 * under the same conditions.
 */
public final class Asker implements AutoCloseable {

  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final SharedModelRuntime.Lease lease;
  private final List<CompletableFuture<ServedModel>> served;

  /** Starts loading the versions. */
  public Asker(Models models, String model, List<String> versions) {
    lease = models.acquire();
    served =
        versions.stream()
            .map(version -> lease.runtime().load(new ModelVersion(model, version)))
            .toList();
  }

  /**
   * Asks.
   *
   * @return a reply a version, in their order. What a version cannot answer is a reply that says
   *     so; a version that cannot be loaded fails the future
   */
  public CompletableFuture<List<Reply>> ask(List<Tensor> inputs) {
    List<CompletableFuture<Reply>> replies =
        served.stream().map(version -> version.thenCompose(ready -> ask(ready, inputs))).toList();
    return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
        .thenApply(done -> replies.stream().map(CompletableFuture::join).toList());
  }

  private static CompletableFuture<Reply> ask(ServedModel version, List<Tensor> inputs) {
    try {
      return version
          .prepare(inputs)
          .submit(Priority.NORMAL)
          .answer()
          .handle(
              (prediction, failure) ->
                  failure == null ? reply(prediction) : Reply.failed(cause(failure)));
    } catch (InvalidInputException e) {
      return CompletableFuture.completedFuture(Reply.failed(e));
    }
  }

  private static Reply reply(Prediction prediction) {
    double seconds = prediction.batchTime().toNanos() / NANOS;
    try {
      return new Reply(
          Classification.read(prediction.outputs()),
          seconds,
          seconds / prediction.batchSize(),
          null);
    } catch (InvalidTensorException e) {
      return Reply.failed(e);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  @Override
  public void close() {
    lease.close();
  }
}
