package io.millrace.inference.infer;

import static io.millrace.inference.infer.FakeModelRuntime.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.metrics.Meters;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.PredictionException;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InferenceServiceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:05Z");
  private static final long CACHED = 3600;
  private static final long UNCACHED = 0;
  private static final int MAX_SHADOWS = 2;

  private final FakeModelRuntime models = new FakeModelRuntime();
  private final FakeResultCache cache = new FakeResultCache();
  private final ManualTime time = new ManualTime(NOW);
  private final InferenceService service =
      new InferenceService(
          models,
          cache,
          Runnable::run,
          time,
          time,
          JobSpans.off(),
          new ComputationMetrics(Meters.NONE, () -> 0),
          MAX_SHADOWS,
          Sampling.OFF);

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
    assertThat(succeeded.getExecution()).isEqualTo(new Execution(0.002, 0.02, 4, 7, 8, 0.0, null));
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
        inferred(routed(Commands.command("job-2", "hello"), "2.0.0", CACHED, null));

    assertThat(one).isNotDone();
    assertThat(other).isNotDone();
    assertThat(models.calls).containsExactly("hello", "hello@2.0.0");
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
                  3,
                  Duration.ZERO,
                  null));
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
        inferred(routed(Commands.command("a", "x"), "9.9.9", CACHED, null)).get();
    InferenceResult traversal =
        inferred(routed(Commands.command("b", "x"), "../../etc", CACHED, null)).get();

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

  @Test
  void theFallbackAnswersWhenTheVersionCannot() throws Exception {
    CompletableFuture<InferenceResult> result = inferred(routed("job-1", "hello", "0.9.0"));

    fail("hello", PredictionException.Reason.MODEL_FAILURE);
    answer("hello@0.9.0", "greeting");

    assertThat(result.get().getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.get().getOrigin()).isEqualTo(Origin.FALLBACK);
    assertThat(result.get().getVersion()).isEqualTo("0.9.0");
    assertThat(cache.find(result.get().getFingerprint(), "1.0.0").get()).isEmpty();
    assertThat(cache.find(result.get().getFingerprint(), "0.9.0").get()).isPresent();
  }

  @Test
  void aVersionThatCannotBeLoadedHasAFallbackToo() throws Exception {
    CompletableFuture<InferenceResult> result =
        inferred(routed(Commands.command("job-1", "hello"), "9.9.9", CACHED, "1.0.0"));

    answer("hello", "greeting");

    assertThat(result.get().getOrigin()).isEqualTo(Origin.FALLBACK);
  }

  @Test
  void badInputHasNoFallback() throws Exception {
    InferenceResult result = inferred(routed("job-1", "", "0.9.0")).get();

    assertThat(result.getError().getReason()).isEqualTo(ErrorReason.INVALID_INPUT);
    assertThat(models.calls).isEmpty();
  }

  @Test
  void whenTheFallbackFailsTooTheFirstReasonIsTold() throws Exception {
    CompletableFuture<InferenceResult> result = inferred(routed("job-1", "hello", "0.9.0"));

    fail("hello", PredictionException.Reason.TIMEOUT);
    fail("hello@0.9.0", PredictionException.Reason.MODEL_FAILURE);

    assertThat(result.get().getStatus()).isEqualTo(ResultStatus.FAILED);
    assertThat(result.get().getVersion()).isEqualTo("1.0.0");
    assertThat(result.get().getError().getReason()).isEqualTo(ErrorReason.TIMEOUT);
  }

  @Test
  void theLastGoodAnswerIsGivenToThoseWhoAllowIt() throws Exception {
    assertThat(infer("job-1", "hello", CACHED)).isNotDone();
    answer("hello", "greeting");

    RoutedRequest allows = routed(Commands.command("job-2", "hello"), "2.0.0", CACHED, null);
    submit(allows).setAllowStale(true);
    CompletableFuture<InferenceResult> stale = inferred(allows);
    CompletableFuture<InferenceResult> failed =
        inferred(routed(Commands.command("job-3", "hello"), "2.0.0", CACHED, null));
    fail("hello@2.0.0", PredictionException.Reason.OUT_OF_MEMORY);

    assertThat(stale.get().getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(stale.get().getOrigin()).isEqualTo(Origin.STALE);
    assertThat(stale.get().getVersion()).isEqualTo("1.0.0");
    assertThat(stale.get().getJobId()).isEqualTo("job-2");
    assertThat(Tensors.strings(stale.get().getOutputs().get(0))).containsExactly("greeting");
    assertThat(failed.get().getError().getReason()).isEqualTo(ErrorReason.OUT_OF_MEMORY);
  }

  @Test
  void withoutALastAnswerTheJobFails() throws Exception {
    RoutedRequest request = routed("job-1", "hello", null);
    submit(request).setAllowStale(true);
    CompletableFuture<InferenceResult> result = inferred(request);

    fail("hello", PredictionException.Reason.NON_FINITE_OUTPUT);

    assertThat(result.get().getError().getReason()).isEqualTo(ErrorReason.NON_FINITE_OUTPUT);
  }

  @Test
  void aJobWhoseDeadlineIsOverIsNotComputed() throws Exception {
    RoutedRequest request = routed("job-1", "hello", null);
    submit(request).setDeadline(NOW);

    InferenceResult result = inferred(request).get();

    assertThat(result.getStatus()).isEqualTo(ResultStatus.EXPIRED);
    assertThat(result.getError().getReason()).isEqualTo(ErrorReason.EXPIRED);
    assertThat(models.calls).isEmpty();
  }

  @Test
  void aJobThatWaitsExpiresAtItsDeadlineAndOthersWaitOn() throws Exception {
    RoutedRequest hurried = routed("job-1", "hello", null);
    submit(hurried).setDeadline(NOW.plusSeconds(2));
    CompletableFuture<InferenceResult> first = inferred(hurried);
    CompletableFuture<InferenceResult> patient = inferred(routed("job-2", "hello", null));

    time.advance(Duration.ofSeconds(1));
    assertThat(first).isNotDone();
    time.advance(Duration.ofSeconds(1));

    assertThat(first.get().getStatus()).isEqualTo(ResultStatus.EXPIRED);
    assertThat(patient).isNotDone();
    answer("hello", "greeting");
    assertThat(patient.get().getOrigin()).isEqualTo(Origin.COMPUTED);
    assertThat(service.runningJobs()).isZero();
  }

  @Test
  void whenTheLastOneExpiresTheItemLeavesTheQueue() {
    RoutedRequest hurried = routed("job-1", "hello", null);
    submit(hurried).setDeadline(NOW.plusSeconds(2));
    CompletableFuture<InferenceResult> result = inferred(hurried);

    time.advance(Duration.ofSeconds(2));

    assertThat(result).isCompletedWithValueMatching(r -> r.getStatus() == ResultStatus.EXPIRED);
    assertThat(pending("hello")).isCancelled();
  }

  @Test
  void aJobThatAModelHasTakenUpIsAnsweredAfterItsDeadline() throws Exception {
    RoutedRequest hurried = routed("job-1", "hello", null);
    submit(hurried).setDeadline(NOW.plusSeconds(2));
    CompletableFuture<InferenceResult> result = inferred(hurried);

    submission("hello").start();
    time.advance(Duration.ofSeconds(3));
    answer("hello", "greeting");

    assertThat(result.get().getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(time.pending()).isZero();
  }

  @Test
  void aCancelledJobLeavesTheQueue() throws Exception {
    CompletableFuture<InferenceResult> result = inferred(routed("job-1", "hello", null));

    service.cancel(Commands.cancellation("job-1", "hello"));
    service.cancel(Commands.cancellation("job-1", "hello"));
    service.cancel(Commands.cancellation("job-unknown", "hello"));

    assertThat(result.get().getStatus()).isEqualTo(ResultStatus.CANCELLED);
    assertThat(result.get().getError().getReason()).isEqualTo(ErrorReason.CANCELLED);
    assertThat(pending("hello")).isCancelled();
    assertThat(service.runningJobs()).isZero();
  }

  @Test
  void aCoalescedComputationGoesOnWhileAnyoneWantsIt() throws Exception {
    CompletableFuture<InferenceResult> cancelled = inferred(routed("job-1", "hello", null));
    CompletableFuture<InferenceResult> other = inferred(routed("job-2", "hello", null));

    service.cancel(Commands.cancellation("job-1", "hello"));
    assertThat(cancelled.get().getStatus()).isEqualTo(ResultStatus.CANCELLED);
    answer("hello", "greeting");

    // It stands for the computation now, so that none is counted as free.
    assertThat(other.get().getOrigin()).isEqualTo(Origin.COMPUTED);
    assertThat(models.calls).containsExactly("hello");
  }

  @Test
  void whatRunsWhenTheLastOneCancelsIsCachedAllTheSame() throws Exception {
    CompletableFuture<InferenceResult> cancelled = inferred(routed("job-1", "hello", null));
    submission("hello").start();

    service.cancel(Commands.cancellation("job-1", "hello"));
    answer("hello", "greeting");

    assertThat(cancelled.get().getStatus()).isEqualTo(ResultStatus.CANCELLED);
    assertThat(inferred(routed("job-2", "hello", null)).get().getOrigin()).isEqualTo(Origin.CACHED);
  }

  @Test
  void anItemGoesWithTheHighestPriorityOfThoseWhoWantIt() {
    RoutedRequest low = routed("job-1", "hello", null);
    submit(low).setPriority(Priority.LOW);
    RoutedRequest high = routed("job-2", "hello", null);
    submit(high).setPriority(Priority.HIGH);

    CompletableFuture<InferenceResult> one = inferred(low);
    assertThat(submission("hello").priority()).isEqualTo(Priority.LOW);
    CompletableFuture<InferenceResult> other = inferred(high);
    CompletableFuture<InferenceResult> third = inferred(routed("job-3", "hello", null));

    assertThat(submission("hello").priority()).isEqualTo(Priority.HIGH);
    assertThat(List.of(one, other, third)).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void aRequestThatUsesUpTheTimeOfTheStepFails() throws Exception {
    RoutedRequest request = routed("job-1", "hello", null);
    CompletableFuture<InferenceResult> result = inferred(request);

    service.timeOut(request);

    assertThat(result.get().getError().getReason()).isEqualTo(ErrorReason.TIMEOUT);
    assertThat(pending("hello")).isCancelled();
  }

  private CompletableFuture<InferenceResult> inferred(RoutedRequest request) {
    return outcome(request).thenApply(outcome -> Objects.requireNonNull(outcome.result()));
  }

  private CompletableFuture<Outcome> outcome(RoutedRequest request) {
    return service.infer(request).thenApply(Optional::orElseThrow);
  }

  private CompletableFuture<InferenceResult> infer(String jobId, String text, long cacheTtl) {
    return inferred(routed(Commands.command(jobId, text), "1.0.0", cacheTtl, null));
  }

  private CompletableFuture<InferenceResult> inferOutputs(
      String jobId, String text, String output) {
    InferenceCommand command = Commands.command(jobId, text);
    ((Submit) command.getCommand()).setOutputs(List.of(output));
    return inferred(routed(command, "1.0.0", CACHED, null));
  }

  private void answer(String text, String label) {
    pending(text).complete(prediction(label));
  }

  private void fail(String text, PredictionException.Reason reason) {
    pending(text).completeExceptionally(new PredictionException(reason, "no", null));
  }

  private CompletableFuture<Prediction> pending(String text) {
    return submission(text).answer();
  }

  private FakeSubmission submission(String text) {
    return Objects.requireNonNull(models.asked.get(text), text);
  }

  private static Submit submit(RoutedRequest request) {
    return (Submit) request.command().getCommand();
  }

  private static RoutedRequest routed(String jobId, String text, @Nullable String fallback) {
    return routed(Commands.command(jobId, text), "1.0.0", CACHED, fallback);
  }

  private static RoutedRequest routed(
      InferenceCommand command, String version, long cacheTtl, @Nullable String fallback) {
    return RoutedRequest.of(command, version, cacheTtl, fallback, 86_400);
  }
}
