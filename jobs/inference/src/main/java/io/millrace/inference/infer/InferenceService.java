package io.millrace.inference.infer;

import io.millrace.cache.ResultCache;
import io.millrace.inference.publish.Failure;
import io.millrace.inference.publish.Results;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Answers requests: from the result cache, by sharing the computation of an equal content, or by
 * the model. Plain Java, safe for use by several threads.
 */
public final class InferenceService implements AutoCloseable {

  private final ModelRuntime models;
  private final ResultCache cache;
  private final Executor preparation;
  private final InstantSource clock;
  private final SingleFlight<ContentKey, Answer> flights = new SingleFlight<>();
  private final Set<CompletableFuture<Prediction>> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param preparation where inputs are tokenised: not the caller's thread, which feeds the stream,
   *     and not the cache's, which serves others
   */
  public InferenceService(
      ModelRuntime models, ResultCache cache, Executor preparation, InstantSource clock) {
    this.models = models;
    this.cache = cache;
    this.preparation = preparation;
    this.clock = clock;
  }

  /** Equal contents for one version have equal answers. */
  private record ContentKey(String fingerprint, String version) {}

  /**
   * Answers one request. What goes wrong with it becomes a failed result; the future itself fails
   * only when the service is closing, and then the request is not answered.
   */
  public CompletableFuture<InferenceResult> infer(RoutedRequest request) {
    Instant startedAt = clock.instant();
    ContentKey key = new ContentKey(request.command().getFingerprint(), request.version());
    SingleFlight.Flight<Answer> flight = flights.join(key, () -> answer(request, startedAt));
    return flight
        .outcome()
        .thenApply(answer -> result(request, answer, flight.leader(), startedAt));
  }

  /** The result of a request that used up the time of the whole step. */
  public InferenceResult timedOut(RoutedRequest request) {
    Failure failure =
        new Failure(ErrorReason.TIMEOUT, "no answer within the time of the inference step");
    return Results.failed(request.command(), request.version(), failure, null, clock.instant());
  }

  /** Takes the items that wait for a batch out of the runtime, which others go on using. */
  @Override
  public void close() {
    underWay.forEach(prediction -> prediction.cancel(false));
  }

  private CompletableFuture<Answer> answer(RoutedRequest request, Instant startedAt) {
    return cached(request)
        .thenCompose(
            hit ->
                hit.isPresent()
                    ? CompletableFuture.completedFuture(hit.get())
                    : computed(request, startedAt))
        .exceptionally(failure -> new Answer.Failed(Failures.of(failure)));
  }

  private CompletableFuture<Optional<Answer>> cached(RoutedRequest request) {
    if (!request.cacheable()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return cache
        .find(request.command().getFingerprint(), request.version())
        .thenApply(
            found ->
                found.map(result -> new Answer.Success(Origin.CACHED, result.getOutputs(), null)));
  }

  private CompletableFuture<Answer> computed(RoutedRequest request, Instant startedAt) {
    return predict(request)
        .thenApply(prediction -> success(request.command(), prediction))
        .thenCompose(answer -> remembered(request, answer, startedAt));
  }

  private CompletableFuture<Prediction> predict(RoutedRequest request) {
    ModelVersion version;
    try {
      version = new ModelVersion(request.command().getModel(), request.version());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    return models
        .load(version)
        .thenComposeAsync(model -> submit(model, request.command()), preparation);
  }

  @SuppressWarnings("CollectionUndefinedEquality") // Identity is what is meant.
  private CompletableFuture<Prediction> submit(
      ModelRuntime.ServedModel model, InferenceCommand command) {
    try {
      CompletableFuture<Prediction> prediction =
          model
              .prepare(((Submit) command.getCommand()).getInputs())
              .submit(((Submit) command.getCommand()).getPriority())
              .answer();
      underWay.add(prediction);
      return prediction.whenComplete((done, failure) -> underWay.remove(prediction));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Kept before it is given: a computation repeated after a crash then finds the same answer. */
  private CompletableFuture<Answer> remembered(
      RoutedRequest request, Answer answer, Instant startedAt) {
    if (!request.cacheable() || answer instanceof Answer.Failed) {
      return CompletableFuture.completedFuture(answer);
    }
    return cache
        .put(
            result(request, answer, true, startedAt),
            Duration.ofSeconds(request.cacheTtlSeconds()),
            Duration.ZERO)
        .thenApply(kept -> answer);
  }

  private InferenceResult result(
      RoutedRequest request, Answer answer, boolean leader, Instant startedAt) {
    Instant now = clock.instant();
    return answer.fold(
        success -> {
          Answer.Success mine = leader ? success : success.shared();
          return Results.succeeded(
              request.command(),
              request.version(),
              mine.origin(),
              mine.outputs(),
              mine.execution(),
              startedAt,
              now);
        },
        failed ->
            Results.failed(request.command(), request.version(), failed.failure(), startedAt, now));
  }

  private static Answer success(InferenceCommand command, Prediction prediction) {
    List<String> wanted = ((Submit) command.getCommand()).getOutputs();
    List<Tensor> outputs = prediction.outputs();
    List<String> given = outputs.stream().map(Tensor::getName).toList();
    for (String name : wanted) {
      if (!given.contains(name)) {
        return new Answer.Failed(
            new Failure(ErrorReason.INVALID_INPUT, "outputs: expected names among " + given));
      }
    }
    List<Tensor> chosen =
        wanted.isEmpty()
            ? outputs
            : outputs.stream().filter(output -> wanted.contains(output.getName())).toList();
    return new Answer.Success(Origin.COMPUTED, chosen, execution(prediction));
  }

  private static Execution execution(Prediction prediction) {
    return new Execution(
        seconds(prediction.batchWait()),
        seconds(prediction.batchTime()),
        prediction.batchSize(),
        prediction.tokens(),
        prediction.paddedTokens());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
