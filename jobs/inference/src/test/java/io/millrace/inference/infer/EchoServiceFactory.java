package io.millrace.inference.infer;

import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.metrics.Meters;
import io.millrace.inference.observe.Dimensions;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.runtime.ModelRuntime;
import io.millrace.models.runtime.Prediction;
import io.millrace.models.runtime.ServingOptions;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Services whose models answer each text with itself and refuse empty ones; {@link HeldModels} wait
 * before they do, and one version fails.
 */
public final class EchoServiceFactory implements InferenceServiceFactory {

  private static final long serialVersionUID = 1L;

  /** The version that has no answer to anything. */
  public static final String FAILING_VERSION = "6.6.6";

  private static final int MAX_SHADOWS = 10;

  /** One for all subtasks: where the job has Redis. */
  static final FakeResultCache CACHE = new FakeResultCache();

  @Override
  public Opened open(String name, Meters meters) {
    InferenceService service =
        new InferenceService(
            new EchoRuntime(),
            CACHE,
            Runnable::run,
            Clock.systemUTC(),
            (deadline, expire) -> () -> {},
            JobSpans.off(),
            new ComputationMetrics(meters, System::nanoTime),
            MAX_SHADOWS,
            Sampling.by(new Dimensions(List.of("tenant"))));
    return new Opened() {
      @Override
      public InferenceService service() {
        return service;
      }

      @Override
      public void close() {
        service.close();
      }
    };
  }

  private static final class EchoRuntime implements ModelRuntime {

    @Override
    public CompletableFuture<ServedModel> load(ModelVersion version) {
      return HeldModels.pass(version.model()).thenApply(open -> new EchoModel(version));
    }

    @Override
    public Hold hold(ModelVersion version, ServingOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record EchoModel(ModelVersion version) implements ModelRuntime.ServedModel {

    @Override
    public ModelRuntime.Ticket prepare(List<Tensor> inputs) throws InvalidInputException {
      String text = SingleText.of(inputs);
      Prediction prediction =
          new Prediction(
              List.of(Tensors.ofStrings("text", List.of(text))),
              Duration.ZERO,
              Duration.ZERO,
              1,
              1,
              1,
              Duration.ZERO,
              null);
      return (priority, tag) ->
          new FakeSubmission(
              priority, CompletableFuture.supplyAsync(() -> prediction).thenCompose(this::answer));
    }

    private CompletableFuture<Prediction> answer(Prediction prediction) {
      return version.version().equals(FAILING_VERSION)
          ? CompletableFuture.failedFuture(
              new PredictionException(PredictionException.Reason.MODEL_FAILURE, "broken", null))
          : CompletableFuture.completedFuture(prediction);
    }
  }
}
