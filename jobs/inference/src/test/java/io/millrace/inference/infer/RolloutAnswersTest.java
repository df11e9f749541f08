package io.millrace.inference.infer;

import static io.millrace.inference.infer.FakeModelRuntime.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.metrics.Meters;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.rollout.Observation;
import io.millrace.inference.route.Probe;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.PredictionException;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Candidates: stand-ins, shadows, and what is observed of them. */
class RolloutAnswersTest {

  private static final int MAX_SHADOWS = 2;
  private static final long REVISION = 7;

  private final FakeModelRuntime models = new FakeModelRuntime();
  private final FakeResultCache cache = new FakeResultCache();
  private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:05Z"));
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
  void anAnswerOfProductionIsObservedWithItsLatencyAndLabel() throws Exception {
    var outcome = service.infer(production("job-1", "hello"));
    time.advance(Duration.ofMillis(250));
    answer("hello", "greeting");

    assertThat(observation(outcome))
        .isEqualTo(
            new Observation(
                Commands.MODEL,
                REVISION,
                "1.0.0",
                Arm.PRODUCTION,
                "job-1",
                false,
                0.25,
                "greeting",
                null));
  }

  @Test
  void nothingIsObservedWithoutARollout() throws Exception {
    var outcome = service.infer(RoutedRequest.of(command("job-1", "hello"), "1.0.0", 0, null, 0));
    answer("hello", "greeting");

    assertThat(outcome.get().orElseThrow().observation()).isNull();
  }

  @Test
  void aSharedAnswerSaysNothingOfTheLatencyAndACachedOneNothingAtAll() throws Exception {
    var leader = service.infer(production("job-1", "hello"));
    var follower = service.infer(production("job-2", "hello"));
    answer("hello", "greeting");
    var cached = service.infer(production("job-3", "hello"));

    assertThat(observation(leader).latencySeconds()).isZero();
    assertThat(observation(follower).latencySeconds()).isNull();
    assertThat(observation(follower).label()).isEqualTo("greeting");
    assertThat(result(cached).getOrigin()).isEqualTo(Origin.CACHED);
    assertThat(cached.get().orElseThrow().observation()).isNull();
  }

  @Test
  void productionStandsInForACandidateThatFailsAndTheCandidateIsBlamed() throws Exception {
    var outcome = service.infer(canary("job-1", "hello"));
    fail("hello@2.0.0");
    answer("hello", "greeting");

    assertThat(result(outcome).getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result(outcome).getOrigin()).isEqualTo(Origin.FALLBACK);
    assertThat(result(outcome).getVersion()).isEqualTo("1.0.0");
    assertThat(observation(outcome))
        .isEqualTo(
            new Observation(
                Commands.MODEL, REVISION, "2.0.0", Arm.CANDIDATE, "job-1", true, null, null, null));
  }

  @Test
  void theFallbackStandsInForBoth() throws Exception {
    var outcome = service.infer(canary("job-1", "hello"));
    fail("hello@2.0.0");
    fail("hello");
    answer("hello@0.9.0", "greeting");

    assertThat(result(outcome).getVersion()).isEqualTo("0.9.0");
    assertThat(result(outcome).getOrigin()).isEqualTo(Origin.FALLBACK);
  }

  @Test
  void aCandidateThatCannotBeLoadedIsStoodInForAndBlamed() throws Exception {
    var outcome =
        service.infer(
            RoutedRequest.of(command("job-1", "hello"), "1.0.0", 0, null, 0)
                .answeredBy("9.9.9", REVISION));
    answer("hello", "greeting");

    assertThat(result(outcome).getVersion()).isEqualTo("1.0.0");
    assertThat(observation(outcome).failed()).isTrue();
  }

  @Test
  void neitherBadInputNorACancellationIsAVersionsFault() throws Exception {
    var bad = service.infer(canary("job-1", ""));
    var cancelled = service.infer(canary("job-2", "hello"));
    service.cancel(Commands.cancellation("job-2", "hello"));

    assertThat(bad.get().orElseThrow().observation()).isNull();
    assertThat(result(cancelled).getStatus()).isEqualTo(ResultStatus.CANCELLED);
    assertThat(cancelled.get().orElseThrow().observation()).isNull();
  }

  @Test
  void aVersionThatUsesUpTheTimeOfTheStepIsBlamed() throws Exception {
    RoutedRequest request = canary("job-1", "hello");
    var outcome = service.infer(request);
    service.timeOut(request);

    assertThat(result(outcome).getStatus()).isEqualTo(ResultStatus.FAILED);
    assertThat(observation(outcome).failed()).isTrue();
  }

  @Test
  void aShadowIsComparedWithProductionsAnswerUnderWayAndHasNoResult() throws Exception {
    var job = service.infer(production("job-1", "hello"));
    var shadow = service.infer(shadow("job-1", "hello"));
    assertThat(submission("hello@2.0.0").priority()).isEqualTo(Priority.LOW);
    answer("hello@2.0.0", "greeting");
    assertThat(shadow).isNotDone();
    answer("hello", "greeting");

    assertThat(result(job).getVersion()).isEqualTo("1.0.0");
    assertThat(shadow.get().orElseThrow().result()).isNull();
    Observation observed = observation(shadow);
    assertThat(observed.arm()).isEqualTo(Arm.SHADOW);
    assertThat(observed.version()).isEqualTo("2.0.0");
    assertThat(observed.agrees()).isTrue();
    assertThat(observed.latencySeconds()).isNull();
    assertThat(service.runningShadows()).isZero();
    assertThat(cache.last.values()).extracting(InferenceResult::getVersion).containsOnly("1.0.0");
  }

  @Test
  void aShadowIsComparedWithProductionsAnswerInTheCache() throws Exception {
    var job = service.infer(production("job-1", "hello"));
    answer("hello", "greeting");
    var shadow = service.infer(shadow("job-1", "hello"));
    answer("hello@2.0.0", "farewell");

    assertThat(result(job).getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(observation(shadow).agrees()).isFalse();
    assertThat(models.calls).containsExactly("hello", "hello@2.0.0");
  }

  @Test
  void productionIsNotAskedForAShadowAlone() throws Exception {
    RoutedRequest uncached =
        RoutedRequest.of(command("job-1", "hello"), "1.0.0", 0, null, 0)
            .shadowedBy("2.0.0", REVISION);
    var shadow = service.infer(uncached);
    answer("hello@2.0.0", "greeting");

    assertThat(models.calls).containsExactly("hello@2.0.0");
    assertThat(observation(shadow).agrees()).isNull();
    assertThat(observation(shadow).failed()).isFalse();
  }

  @Test
  void aShadowThatFailsIsObservedAndTheJobIsNot() throws Exception {
    var job = service.infer(production("job-1", "hello"));
    var shadow = service.infer(shadow("job-1", "hello"));
    fail("hello@2.0.0");
    answer("hello", "greeting");

    assertThat(observation(shadow).failed()).isTrue();
    assertThat(observation(shadow).agrees()).isNull();
    assertThat(observation(job).failed()).isFalse();
  }

  @Test
  void aJobThatIsCancelledDoesNotWaitForItsShadow() throws Exception {
    var job = service.infer(production("job-1", "hello"));
    var shadow = service.infer(shadow("job-1", "hello"));
    service.cancel(Commands.cancellation("job-1", "hello"));

    assertThat(result(job).getStatus()).isEqualTo(ResultStatus.CANCELLED);
    assertThat(submission("hello").answer()).isCancelled();
    answer("hello@2.0.0", "greeting");
    assertThat(observation(shadow).agrees()).isNull();
  }

  @Test
  void shadowsThatAreTooManyAreDroppedAndCounted() throws Exception {
    var first = service.infer(shadow("job-1", "one"));
    var second = service.infer(shadow("job-2", "two"));
    var third = service.infer(shadow("job-3", "three"));

    assertThat(third.get()).isEmpty();
    assertThat(service.droppedShadows()).isEqualTo(1);
    assertThat(models.calls).containsExactly("one@2.0.0", "two@2.0.0");
    answer("one@2.0.0", "greeting");
    assertThat(first).isDone();
    assertThat(second).isNotDone();
    assertThat(service.infer(shadow("job-4", "four"))).isNotDone();
    assertThat(service.droppedShadows()).isEqualTo(1);
  }

  @Test
  void aShadowThatUsesUpTheTimeOfTheStepLeavesTheQueueUnobserved() throws Exception {
    RoutedRequest request = shadow("job-1", "hello");
    var shadow = service.infer(request);
    service.timeOut(request);

    assertThat(shadow.get()).isEmpty();
    assertThat(submission("hello@2.0.0").answer()).isCancelled();
    assertThat(service.runningShadows()).isZero();
  }

  @Test
  void theClosingServiceLeavesShadows() {
    var shadow = service.infer(shadow("job-1", "hello"));

    service.close();

    assertThat(shadow).isCompletedExceptionally();
    assertThat(submission("hello@2.0.0").answer()).isCancelled();
  }

  @Test
  void aProbeIsAnsweredWhenAllVersionsAreLoaded() throws Exception {
    assertThat(service.load(probe("1.0.0", "2.0.0")).get()).isEmpty();
    assertThat(service.load(probe("1.0.0", "9.9.9")).get())
        .contains("version 9.9.9: the version is not in the model repository or cannot be loaded");
    assertThat(service.load(probe("../../etc")).get().orElseThrow())
        .startsWith("version ../../etc:");
  }

  private static Probe probe(String... versions) {
    return new Probe(Commands.MODEL, REVISION, List.of(versions));
  }

  private static RoutedRequest production(String jobId, String text) {
    return request(jobId, text).observed(Arm.PRODUCTION, REVISION);
  }

  private static RoutedRequest canary(String jobId, String text) {
    return request(jobId, text).answeredBy("2.0.0", REVISION);
  }

  private static RoutedRequest shadow(String jobId, String text) {
    return request(jobId, text).shadowedBy("2.0.0", REVISION);
  }

  private static RoutedRequest request(String jobId, String text) {
    return RoutedRequest.of(command(jobId, text), "1.0.0", 3_600, "0.9.0", 86_400);
  }

  private static InferenceCommand command(String jobId, String text) {
    InferenceCommand command = Commands.command(jobId, text);
    ((Submit) command.getCommand()).setPriority(Priority.NORMAL);
    return command;
  }

  private static InferenceResult result(CompletableFuture<Optional<Outcome>> outcome)
      throws Exception {
    return Objects.requireNonNull(outcome.get().orElseThrow().result());
  }

  private static Observation observation(CompletableFuture<Optional<Outcome>> outcome)
      throws Exception {
    return Objects.requireNonNull(outcome.get().orElseThrow().observation());
  }

  private void answer(String key, String label) {
    submission(key).answer().complete(prediction(label));
  }

  private void fail(String key) {
    submission(key)
        .answer()
        .completeExceptionally(
            new PredictionException(PredictionException.Reason.MODEL_FAILURE, "no", null));
  }

  private FakeSubmission submission(String key) {
    @Nullable FakeSubmission submission = models.asked.get(key);
    return Objects.requireNonNull(submission, key);
  }
}
