package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.CANDIDATE;
import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static io.millrace.models.runtime.RuntimeFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.millrace.models.InvalidInputException;
import io.millrace.models.PredictionException;
import io.millrace.models.runtime.ModelRuntime.Hold;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.models.runtime.ModelRuntime.Submission;
import io.millrace.models.runtime.ModelRuntime.Ticket;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VersionLifeTest {

  private static final Duration UNLOAD_AFTER = Duration.ofSeconds(10);

  private final CountDownLatch release = new CountDownLatch(1);
  private final Queue<FakeModel> models = new ConcurrentLinkedQueue<>();
  private final RuntimeFixture fixture =
      RuntimeFixture.of(TestOptions.patient().withUnloadAfter(UNLOAD_AFTER));

  @BeforeEach
  void loadANewModelEachTime() {
    fixture.engine.with(VERSION, () -> loaded(FakeModel.hangingUntil(release, "slow"::equals)));
  }

  @AfterEach
  void closeRuntime() {
    release.countDown();
    fixture.close();
    assertThat(models).allMatch(FakeModel::closed).noneMatch(FakeModel::misused);
  }

  @Test
  void aVersionLoadedOnDemandIsUnloadedWhenItHasBeenIdleForLongEnough() {
    // Given
    fixture.submit("one").join();
    pass(UNLOAD_AFTER.minusNanos(1));
    assertThat(fixture.runtime.stats()).hasSize(1);

    // When
    pass(Duration.ofNanos(1));

    // Then
    await().until(() -> models.peek().closed());
    assertThat(fixture.runtime.stats()).isEmpty();
    await().until(() -> RuntimeFixture.workerThreads(VERSION) == 0);
    assertThat(FakeModel.text(fixture.submit("two").join())).isEqualTo("two");
    assertThat(fixture.engine.loads()).isEqualTo(2);
  }

  @Test
  void whatItsCallsCostIsKnownWhenItIsUnloaded() throws Exception {
    // Given
    ServedModel served = fixture.served(VERSION);
    for (int i = 0; i < CallCostFit.LEAST_CALLS; i++) {
      served.prepare(FakeModel.inputs("item", 1, 8 + i)).submit(Priority.NORMAL).answer().join();
    }
    assertThat(fixture.runtime.callCost(CANDIDATE)).isEmpty();
    assertThat(fixture.runtime.callCost(VERSION)).isPresent();

    // When
    pass(UNLOAD_AFTER);

    // Then
    assertThat(fixture.runtime.stats()).isEmpty();
    assertThat(fixture.runtime.callCost(VERSION)).isPresent();
    fixture.submit("one").join();
    assertThat(fixture.stats().callCost()).isNotNull();
  }

  @Test
  void aHeldVersionStaysUntilItsLastHoldIsClosedAndItIsIdle() {
    // Given
    Hold first = hold(ServingOptions.NONE);
    Hold second = hold(ServingOptions.NONE);
    first.close();
    first.close();
    pass(UNLOAD_AFTER.multipliedBy(100));
    assertThat(fixture.runtime.stats()).hasSize(1);

    // When
    second.close();

    // Then
    pass(UNLOAD_AFTER.minusNanos(1));
    assertThat(fixture.runtime.stats()).hasSize(1);
    pass(Duration.ofNanos(1));
    assertThat(fixture.runtime.stats()).isEmpty();
    assertThat(fixture.engine.loads()).isOne();
  }

  @Test
  void aVersionIsUnloadedAfterItsLastBatch() {
    // Given
    CompletableFuture<Prediction> answer = fixture.submit("slow");
    await().until(() -> models.peek().running() == 1);
    pass(UNLOAD_AFTER.multipliedBy(2));
    assertThat(fixture.runtime.stats()).hasSize(1);

    // When
    release.countDown();

    // Then
    assertThat(FakeModel.text(answer.join())).isEqualTo("slow");
    await().until(() -> fixture.stats().runningCalls() == 0);
    pass(UNLOAD_AFTER);
    assertThat(fixture.runtime.stats()).isEmpty();
  }

  @Test
  void anItemThatNobodyWaitsForKeepsTheVersionWhileItRuns() {
    // Given
    CompletableFuture<Prediction> answer = fixture.submit("slow");
    await().until(() -> models.peek().running() == 1);
    answer.cancel(false);

    // When
    pass(UNLOAD_AFTER.multipliedBy(2));

    // Then
    assertThat(fixture.runtime.stats()).hasSize(1);
    assertThat(models.peek().closed()).isFalse();
  }

  @Test
  void whoeverStillHasAnUnloadedVersionLoadsItAgain() throws Exception {
    // Given
    ServedModel served = fixture.served(VERSION);
    Ticket prepared = served.prepare(FakeModel.inputs("prepared before"));
    pass(UNLOAD_AFTER);
    assertThat(fixture.runtime.stats()).isEmpty();

    // When
    Submission before = prepared.submit(Priority.NORMAL);
    Submission after = served.prepare(FakeModel.inputs("after")).submit(Priority.NORMAL);

    // Then
    assertThat(FakeModel.text(before.answer().join())).isEqualTo("prepared before");
    assertThat(FakeModel.text(after.answer().join())).isEqualTo("after");
    assertThat(before.started()).isTrue();
    assertThat(before.withdraw()).isFalse();
    assertThat(fixture.engine.loads()).isEqualTo(2);
  }

  @Test
  void anInputThatDoesNotFitFailsItsAnswerWhenTheVersionIsLoadedAgain() throws Exception {
    // Given
    ServedModel served = fixture.served(VERSION);
    pass(UNLOAD_AFTER);

    // When
    Submission submission =
        served
            .prepare(List.of(Tensors.ofFloats("text", new long[] {1}, new float[] {1})))
            .submit(Priority.NORMAL);

    // Then
    assertThatThrownBy(() -> submission.answer().get())
        .cause()
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void anItemWithdrawnWhileItsVersionIsLoadedAgainNeverRuns() throws Exception {
    // Given
    ServedModel served = fixture.served(VERSION);
    pass(UNLOAD_AFTER);
    CountDownLatch loading = new CountDownLatch(1);
    fixture.engine.with(
        VERSION,
        () -> {
          awaitQuietly(loading);
          return loaded(FakeModel.echo());
        });
    Submission submission = served.prepare(FakeModel.inputs("gone")).submit(Priority.LOW);
    submission.raise(Priority.HIGH);

    // When
    boolean withdrawn = submission.withdraw();
    loading.countDown();

    // Then
    assertThat(withdrawn).isTrue();
    assertThat(submission.answer()).isCancelled();
    fixture.submit("other").join();
    assertThat(models).flatMap(FakeModel::texts).containsExactly("other");
  }

  @Test
  void theLastOpenedHoldSaysHowAVersionIsServed() {
    // Given
    Hold first = hold(new ServingOptions(2, null, null, null));
    assertThat(fixture.stats().batchLimit()).isEqualTo(2);

    // When
    Hold second = hold(new ServingOptions(8, null, null, null));

    // Then
    assertThat(fixture.stats().batchLimit()).isEqualTo(8);
    second.close();
    assertThat(fixture.stats().batchLimit()).isEqualTo(2);
    first.close();
    assertThat(fixture.stats().batchLimit()).isEqualTo(FakeRepository.HINTS.maxBatchSize());
  }

  @Test
  void theTimeOfACallIsThatOfTheHoldFromTheNextBatchOn() {
    // Given
    fixture.engine.with(VERSION, () -> loaded(FakeModel.hangingUntilStopped("hangs"::equals)));
    fixture.submit("fine").join();
    hold(new ServingOptions(null, null, null, Duration.ofMillis(20)));

    // When
    CompletableFuture<Prediction> answer = fixture.submit("hangs");

    // Then
    assertThatThrownBy(answer::get)
        .cause()
        .asInstanceOf(type(PredictionException.class))
        .extracting(PredictionException::reason)
        .isEqualTo(PredictionException.Reason.TIMEOUT);
  }

  @Test
  void aServingOptionThatCannotBeIsNamed() {
    assertThatThrownBy(() -> new ServingOptions(0, null, null, null))
        .hasMessageContaining("maxBatchSize is 0, expected 1 to ");
    assertThatThrownBy(() -> new ServingOptions(null, null, null, Duration.ZERO))
        .hasMessage("callTimeout is PT0S, expected PT0.001S to PT1H");
  }

  private Hold hold(ServingOptions serving) {
    Hold hold = fixture.runtime.hold(VERSION, serving);
    hold.loaded().join();
    return hold;
  }

  private FakeModel loaded(FakeModel.Behaviour behaviour) {
    FakeModel model = new FakeModel(behaviour);
    models.add(model);
    return model;
  }

  private void pass(Duration time) {
    fixture.loadTicker.advance(time);
    fixture.runtime.unloadIdle();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
