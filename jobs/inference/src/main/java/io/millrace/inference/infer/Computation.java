package io.millrace.inference.infer;

import io.millrace.cache.ResultCache;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.publish.Failure;
import io.millrace.inference.publish.Results;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.CallCost;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One version's answer to one content: from the result cache, or else from the model. What goes
 * wrong becomes an answer; the future fails only when nobody wants it any more or the service is
 * closing.
 */
final class Computation implements SingleFlight.Work<Answer> {

  private final Tools tools;
  private final RoutedRequest request;
  private final Submit submit;
  private final String version;
  private Priority priority;
  private ModelRuntime.@Nullable Submission submission;
  private boolean abandoned;

  /** When it was taken up, by the metrics' clock. */
  private long takenUpAt;

  /**
   * What computations work with.
   *
   * @param preparation where inputs are tokenised
   */
  record Tools(
      ModelRuntime models,
      ResultCache cache,
      Executor preparation,
      InstantSource clock,
      JobSpans spans,
      ComputationMetrics metrics) {}

  /**
   * @param request the first that asks; others differ from it in nothing that matters here
   * @param priority of the first
   */
  Computation(Tools tools, RoutedRequest request, String version, Priority priority) {
    this.tools = tools;
    this.request = request;
    this.version = version;
    submit = (Submit) request.command().getCommand();
    this.priority = priority;
  }

  @Override
  public CompletableFuture<Answer> start() {
    Instant startedAt = tools.clock().instant();
    takenUpAt = tools.metrics().now();
    return cached()
        .thenCompose(
            hit ->
                hit.isPresent()
                    ? CompletableFuture.completedFuture(found(hit.get()))
                    : computed(startedAt))
        .exceptionally(failure -> new Answer.Failed(Failures.of(failure)));
  }

  @Override
  public synchronized boolean started() {
    return submission != null && submission.started();
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

  @Override
  public void abandon() {
    ModelRuntime.Submission waiting;
    synchronized (this) {
      abandoned = true;
      waiting = submission;
    }
    if (waiting != null) {
      // What runs already is paid for: let it end, its answer is cached.
      waiting.withdraw();
    }
  }

  private CompletableFuture<Optional<Answer.Success>> cached() {
    return cached(tools.cache(), request, version);
  }

  /** What a version said to a content earlier; nothing when that is not to be given again. */
  static CompletableFuture<Optional<Answer.Success>> cached(
      ResultCache cache, RoutedRequest request, String version) {
    if (!request.cacheable()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return cache
        .find(request.command().getFingerprint(), version)
        .thenApply(
            found ->
                found.map(
                    result ->
                        new Answer.Success(
                            version,
                            Origin.CACHED,
                            result.getOutputs(),
                            null,
                            result.getExecution(),
                            null,
                            List.of())));
  }

  private Answer found(Answer.Success answer) {
    tools.metrics().found(request.command().getModel(), version);
    return answer;
  }

  private CompletableFuture<Answer> computed(Instant startedAt) {
    return predict()
        .thenApply(
            prediction -> {
              tools.metrics().computed(request.command().getModel(), version, prediction);
              return answer(prediction);
            })
        .thenCompose(answer -> remembered(answer, startedAt));
  }

  private CompletableFuture<Prediction> predict() {
    ModelVersion id;
    try {
      id = new ModelVersion(request.command().getModel(), version);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    return tools.models().load(id).thenComposeAsync(this::submitTo, tools.preparation());
  }

  private CompletableFuture<Prediction> submitTo(ModelRuntime.ServedModel model) {
    try {
      ModelRuntime.Ticket ticket = model.prepare(submit.getInputs());
      tools
          .metrics()
          .prepared(request.command().getModel(), version, takenUpAt, request.cacheable());
      synchronized (this) {
        if (abandoned) {
          throw new CancellationException("Nobody wants the answer any more");
        }
        submission = ticket.submit(priority, tools.spans().tag(request.command()));
        return submission.answer();
      }
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Kept before it is given: a computation repeated after a crash then finds the same answer. */
  private CompletableFuture<Answer> remembered(Answer answer, Instant startedAt) {
    if (!request.cacheable() || !(answer instanceof Answer.Success success)) {
      return CompletableFuture.completedFuture(answer);
    }
    return tools
        .cache()
        .put(
            Results.succeeded(
                request.command(),
                version,
                success.origin(),
                success.outputs(),
                success.execution(),
                startedAt,
                tools.clock().instant()),
            Duration.ofSeconds(request.cacheTtlSeconds()),
            Duration.ofSeconds(request.staleTtlSeconds()))
        .thenApply(kept -> answer);
  }

  private Answer answer(Prediction prediction) {
    List<String> wanted = submit.getOutputs();
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
    return new Answer.Success(
        version,
        Origin.COMPUTED,
        chosen,
        execution(prediction),
        null,
        sourceCost(),
        prediction.features());
  }

  private @Nullable CallCost sourceCost() {
    return tools
        .models()
        .sourceCost(new ModelVersion(request.command().getModel(), version))
        .orElse(null);
  }

  private static Execution execution(Prediction prediction) {
    Duration aloneTime = prediction.aloneTime();
    return new Execution(
        seconds(prediction.batchWait()),
        seconds(prediction.batchTime()),
        prediction.batchSize(),
        prediction.tokens(),
        prediction.paddedTokens(),
        seconds(prediction.computeTime()),
        aloneTime == null ? null : seconds(aloneTime));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
