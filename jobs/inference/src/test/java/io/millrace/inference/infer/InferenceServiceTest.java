package io.millrace.inference.infer;

import static io.millrace.inference.infer.FakeModelRuntime.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.models.PredictionException;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InferenceServiceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:05Z");
  private static final long CACHED = 3600;
  private static final long UNCACHED = 0;

  private final FakeModelRuntime models = new FakeModelRuntime();
  private final FakeResultCache cache = new FakeResultCache();
  private final InferenceService service =
      new InferenceService(models, cache, Runnable::run, () -> NOW);

  @Test
  void aComputedAnswerCarriesTheModelCallBehindIt() throws Exception {
    CompletableFuture<InferenceResult> result = infer("job-1", "hello", CACHED);
    answer("hello", "greeting");

    InferenceResult succeeded = result.get();
    assertThat(succeeded.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(succeeded.getOrigin()).isEqualTo(Origin.COMPUTED);
    assertThat(succeeded.getVersion()).isEqualTo("1.0.0");
    assertThat(succeeded.getStartedAt()).isEqualTo(NOW);
    assertThat(Tensors.strings(succeeded.getOutputs().get(0))).containsExactly("greeting");
    assertThat(succeeded.getExecution()).isEqualTo(new Execution(0.002, 0.02, 4, 7, 8));
  }

  @Test
  void equalContentsInFlightAreComputedOnce() throws Exception {
    CompletableFuture<InferenceResult> leader = infer("job-1", "hello", UNCACHED);
    CompletableFuture<InferenceResult> follower = infer("job-2", "hello", UNCACHED);
    assertThat(follower).isNotDone();

    answer("hello", "greeting");

    assertThat(models.calls).containsExactly("hello");
    assertThat(leader.get().getOrigin()).isEqualTo(Origin.COMPUTED);
    assertThat(follower.get().getOrigin()).isEqualTo(Origin.COALESCED);
    assertThat(follower.get().getJobId()).isEqualTo("job-2");
    assertThat(follower.get().getExecution()).isNull();
    assertThat(follower.get().getOutputs()).isEqualTo(leader.get().getOutputs());
  }

  @Test
  void anotherVersionIsAnotherComputation() {
    CompletableFuture<InferenceResult> one = infer("job-1", "hello", CACHED);
    CompletableFuture<InferenceResult> other =
        service.infer(new RoutedRequest(Commands.command("job-2", "hello"), "2.0.0", CACHED));

    assertThat(one).isNotDone();
    assertThat(other).isNotDone();
    assertThat(models.calls).containsExactly("hello", "hello");
  }

  @Test
  void anAnswerIsGivenAgainFromTheCache() throws Exception {
    assertThat(infer("job-1", "hello", CACHED)).isNotDone();
    answer("hello", "greeting");

    InferenceResult again = infer("job-2", "hello", CACHED).get();

    assertThat(again.getOrigin()).isEqualTo(Origin.CACHED);
    assertThat(again.getJobId()).isEqualTo("job-2");
    assertThat(again.getExecution()).isNull();
    assertThat(Tensors.strings(again.getOutputs().get(0))).containsExactly("greeting");
    assertThat(models.calls).hasSize(1);
  }

  @Test
  void withoutACacheTheSameContentIsComputedAgain() {
    assertThat(infer("job-1", "hello", UNCACHED)).isNotDone();
    answer("hello", "greeting");
    models.asked.clear();
    assertThat(infer("job-2", "hello", UNCACHED)).isNotDone();

    assertThat(models.calls).hasSize(2);
    assertThat(cache.entries).isEmpty();
  }

  @Test
  void aFailureIsSharedByThoseWhoWaitAndNeverCached() throws Exception {
    CompletableFuture<InferenceResult> leader = infer("job-1", "hello", CACHED);
    CompletableFuture<InferenceResult> follower = infer("job-2", "hello", CACHED);
    pending("hello")
        .completeExceptionally(
            new PredictionException(PredictionException.Reason.TIMEOUT, "stopped", null));

    assertThat(leader.get().getStatus()).isEqualTo(ResultStatus.FAILED);
    assertThat(leader.get().getError().getReason()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(follower.get().getError().getReason()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(leader.get().getOutputs()).isEmpty();
    assertThat(cache.entries).isEmpty();

    models.asked.clear();
    CompletableFuture<InferenceResult> retried = infer("job-3", "hello", CACHED);
    answer("hello", "greeting");
    assertThat(retried.get().getOrigin()).isEqualTo(Origin.COMPUTED);
  }

  @Test
  void badInputFailsAloneAndSaysWhatWasExpected() throws Exception {
    CompletableFuture<InferenceResult> good = infer("job-1", "hello", CACHED);
    InferenceResult bad = infer("job-2", "", CACHED).get();
    answer("hello", "greeting");

    assertThat(bad.getError().getReason()).isEqualTo(ErrorReason.INVALID_INPUT);
    assertThat(bad.getError().getMessage()).isEqualTo("text: expected at least one character");
    assertThat(good.get().getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
  }

  @Test
  void onlyTheWantedOutputsAreGiven() throws Exception {
    CompletableFuture<InferenceResult> one = inferOutputs("job-1", "hello", "confidence");
    CompletableFuture<InferenceResult> unknown = inferOutputs("job-2", "hi", "certainty");
    for (String text : List.of("hello", "hi")) {
      pending(text)
          .complete(
              new Prediction(
                  List.of(
                      Tensors.ofStrings("label", List.of("greeting")),
                      Tensors.ofFloats("confidence", new long[] {1}, new float[] {0.9f})),
                  Duration.ZERO,
                  Duration.ZERO,
                  1,
                  3,
                  3));
    }

    assertThat(one.get().getOutputs()).extracting(Tensor::getName).containsExactly("confidence");
    assertThat(unknown.get().getError().getReason()).isEqualTo(ErrorReason.INVALID_INPUT);
    assertThat(unknown.get().getError().getMessage())
        .isEqualTo("outputs: expected names among [label, confidence]");
    assertThat(cache.entries).hasSize(1);
  }

  @Test
  void aVersionThatIsNotThereOrNoVersionAtAllFailsTheJob() throws Exception {
    InferenceResult missing =
        service.infer(new RoutedRequest(Commands.command("a", "x"), "9.9.9", CACHED)).get();
    InferenceResult traversal =
        service.infer(new RoutedRequest(Commands.command("b", "x"), "../../etc", CACHED)).get();

    assertThat(missing.getError().getReason()).isEqualTo(ErrorReason.MODEL_NOT_FOUND);
    assertThat(missing.getError().getMessage())
        .isEqualTo("the version is not in the model repository or cannot be loaded");
    assertThat(traversal.getError().getReason()).isEqualTo(ErrorReason.MODEL_NOT_FOUND);
    assertThat(traversal.getError().getMessage()).doesNotContain("etc");
  }

  @Test
  void aRequestThatTheClosingServiceLeavesIsNotAnswered() {
    CompletableFuture<InferenceResult> result = infer("job-1", "hello", CACHED);

    service.close();

    assertThat(pending("hello")).isCancelled();
    assertThat(result).isCompletedExceptionally();
  }

  private CompletableFuture<InferenceResult> infer(String jobId, String text, long cacheTtl) {
    return service.infer(new RoutedRequest(Commands.command(jobId, text), "1.0.0", cacheTtl));
  }

  private CompletableFuture<InferenceResult> inferOutputs(
      String jobId, String text, String output) {
    InferenceCommand command = Commands.command(jobId, text);
    ((Submit) command.getCommand()).setOutputs(List.of(output));
    return service.infer(new RoutedRequest(command, "1.0.0", CACHED));
  }

  private void answer(String text, String label) {
    pending(text).complete(prediction(label));
  }

  private CompletableFuture<Prediction> pending(String text) {
    return Objects.requireNonNull(models.asked.get(text));
  }
}
