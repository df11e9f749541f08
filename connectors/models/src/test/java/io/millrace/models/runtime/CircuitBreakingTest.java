package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.CANDIDATE;
import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static io.millrace.models.runtime.RuntimeFixture.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The circuit breaker of a version among real threads. */
@Timeout(30)
class CircuitBreakingTest {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final BreakerOptions TWO_FAILURES = new BreakerOptions(2, 50, 100, 100, WAIT, 2);

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private RuntimeFixture fixture =
      RuntimeFixture.of(TestOptions.patient().withWorkers(1).withBreaker(TWO_FAILURES));

  @AfterEach
  void closeRuntime() {
    release.countDown();
    fixture.close();
  }

  @Test
  void aBrokenVersionIsNotCalledUntilTheWaitIsOver() {
    // Given
    FakeModel model = brokenModel();
    for (int i = 0; i < 2; i++) {
      assertThat(reason(fixture.submit("item"))).isEqualTo(Reason.MODEL_FAILURE);
    }
    await().until(() -> fixture.stats().breakerState() == BreakerState.OPEN);

    // When
    CompletableFuture<Prediction> refused = fixture.submit("refused");

    // Then: at once, on the caller's thread
    assertThat(refused).isDone();
    assertThat(reason(refused)).isEqualTo(Reason.CIRCUIT_OPEN);
    assertThat(model.texts()).doesNotContain("refused");
    assertThat(fixture.stats().refusedItems()).isOne();
    assertThat(fixture.stats().breakerOpened()).isOne();
    assertThat(fixture.stats().failedItems()).isEqualTo(2);
  }

  @Test
  void aRepairedVersionIsServedAgainAfterTheProbes() {
    // Given
    brokenModel();
    open();
    broken.set(false);
    fixture.loadTicker.advance(WAIT.plusNanos(1));

    // When
    List<Prediction> probes =
        IntStream.range(0, 2).mapToObj(i -> fixture.submit("probe").join()).toList();

    // Then
    assertThat(probes).hasSize(2);
    assertThat(fixture.stats().breakerState()).isEqualTo(BreakerState.CLOSED);
    assertThat(FakeModel.text(fixture.submit("fine").join())).isEqualTo("fine");
  }

  @Test
  void aVersionThatIsStillBrokenIsLeftAloneAgain() {
    // Given
    brokenModel();
    open();
    fixture.loadTicker.advance(WAIT.plusNanos(1));

    // When
    for (int i = 0; i < 2; i++) {
      assertThat(reason(fixture.submit("probe"))).isEqualTo(Reason.MODEL_FAILURE);
    }

    // Then
    await().until(() -> fixture.stats().breakerOpened() == 2);
    assertThat(reason(fixture.submit("refused"))).isEqualTo(Reason.CIRCUIT_OPEN);
  }

  @Test
  void noMoreThanTheProbesRunWhileItIsHalfOpen() {
    // Given: three workers, two probes
    use(TestOptions.patient().withWorkers(3).withBreaker(TWO_FAILURES));
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (broken.get()) {
                throw new IllegalStateException("broken");
              }
              release.await();
              return FakeModel.answers(batch);
            });
    fixture.serving(VERSION, model);
    open();
    broken.set(false);
    fixture.loadTicker.advance(WAIT.plusNanos(1));
    CompletableFuture<Prediction> first = fixture.submit("probe-1");
    await().until(() -> model.running() == 1);
    CompletableFuture<Prediction> second = fixture.submit("probe-2");
    await().until(() -> model.running() == 2);

    // When
    CompletableFuture<Prediction> third = fixture.submit("third");

    // Then
    assertThat(reason(third)).isEqualTo(Reason.CIRCUIT_OPEN);
    release.countDown();
    assertThat(FakeModel.text(first.join())).isEqualTo("probe-1");
    assertThat(FakeModel.text(second.join())).isEqualTo("probe-2");
    assertThat(model.texts()).doesNotContain("third");
  }

  @Test
  void whatWaitsIsRefusedWhenTheBreakerOpensThoughAWorkerHangs() {
    // Given: one worker in a call that does not stop, the other fails twice
    use(TestOptions.patient().withBreaker(TWO_FAILURES));
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (batch.get(0).text().equals("hang")) {
                release.await();
              }
              throw new IllegalStateException("broken");
            });
    fixture.serving(VERSION, model);
    CompletableFuture<Prediction> hanging = fixture.submit("hang");
    await().until(() -> model.running() == 1);
    assertThat(reason(fixture.submit("bad"))).isEqualTo(Reason.MODEL_FAILURE);

    // When
    List<CompletableFuture<Prediction>> more =
        IntStream.range(0, 20).mapToObj(i -> fixture.submit("more-" + i)).toList();

    // Then: all end while the call still hangs
    assertThat(more)
        .allMatch(
            answer -> List.of(Reason.MODEL_FAILURE, Reason.CIRCUIT_OPEN).contains(reason(answer)));
    assertThat(fixture.stats().breakerState()).isEqualTo(BreakerState.OPEN);
    assertThat(fixture.stats().queuedItems()).isZero();
    assertThat(hanging).isNotDone();
  }

  @Test
  void aModelThatHangsForGoodOpensTheBreakerAndItsQueueIsRefused() {
    // Given: calls that ignore the stop, and nobody in place of the threads that they hold
    use(
        TestOptions.patient()
            .withCallTimeout(Duration.ofMillis(60))
            .withStopGrace(Duration.ofMillis(20))
            .withMaxAbandonedCalls(1)
            .withBreaker(TWO_FAILURES));
    FakeModel model = new FakeModel(FakeModel.hangingUntil(release, text -> true));
    fixture.serving(VERSION, model);
    for (int i = 1; i <= 2; i++) {
      int running = i;
      var unused = fixture.submit("hang-" + i);
      await().until(() -> model.running() == running);
    }
    List<CompletableFuture<Prediction>> waiting =
        IntStream.range(0, 20).mapToObj(i -> fixture.submit("waiting-" + i)).toList();

    // When // Then
    assertThat(waiting)
        .allMatch(answer -> List.of(Reason.CIRCUIT_OPEN, Reason.TIMEOUT).contains(reason(answer)));
    assertThat(fixture.stats().breakerOpened()).isOne();
    assertThat(fixture.stats().refusedItems()).isPositive();
    assertThat(fixture.stats().abandonments()).isLessThanOrEqualTo(3);
  }

  @Test
  void aProbeThatIsAbandonedFailsAndLeavesRoomForTheNext() {
    // Given: one failure opens, one probe decides
    use(
        TestOptions.patient()
            .withWorkers(1)
            .withCallTimeout(Duration.ofMillis(60))
            .withStopGrace(Duration.ofMillis(20))
            .withBreaker(new BreakerOptions(1, 50, 100, 100, WAIT, 1)));
    fixture.serving(VERSION, new FakeModel(FakeModel.hangingUntil(release, "hang"::equals)));

    // When
    for (int i = 1; i <= 2; i++) {
      int opened = i;
      assertThat(reason(fixture.submit("hang"))).isEqualTo(Reason.TIMEOUT);
      assertThat(fixture.stats().breakerOpened()).isEqualTo(opened);
      fixture.loadTicker.advance(WAIT.plusNanos(1));
    }
    Prediction fine = fixture.submit("fine").join();

    // Then
    assertThat(FakeModel.text(fine)).isEqualTo("fine");
    assertThat(fixture.stats().breakerState()).isEqualTo(BreakerState.CLOSED);
    assertThat(fixture.stats().abandonedCalls()).isEqualTo(2);
  }

  @Test
  void anotherVersionIsCalledBesideABrokenOne() {
    // Given
    brokenModel();
    fixture.serving(CANDIDATE, new FakeModel(FakeModel.echo()));

    // When
    open();

    // Then
    assertThat(FakeModel.text(fixture.submit(CANDIDATE, "fine").join())).isEqualTo("fine");
  }

  private FakeModel brokenModel() {
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (broken.get()) {
                throw new IllegalStateException("broken");
              }
              return FakeModel.answers(batch);
            });
    fixture.serving(VERSION, model);
    return model;
  }

  private void open() {
    for (int i = 0; i < 2; i++) {
      assertThat(reason(fixture.submit("item"))).isEqualTo(Reason.MODEL_FAILURE);
    }
    await()
        .until(
            () ->
                fixture.runtime.stats().stream()
                    .anyMatch(stats -> stats.breakerState() == BreakerState.OPEN));
  }

  private void use(TestOptions options) {
    fixture.close();
    fixture = RuntimeFixture.of(options);
  }

  private static Reason reason(CompletableFuture<Prediction> answer) {
    try {
      answer.get(10, TimeUnit.SECONDS);
      throw new AssertionError("The item succeeded");
    } catch (ExecutionException e) {
      return ((PredictionException) requireNonNull(e.getCause())).reason();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("An item has no end", e);
    }
  }
}
