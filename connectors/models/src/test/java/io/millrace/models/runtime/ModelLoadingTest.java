package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.CANDIDATE;
import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static io.millrace.models.runtime.RuntimeFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelLoadException;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelLoadingTest {

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

  private final CountDownLatch release = new CountDownLatch(1);
  private final FakeModel model = new FakeModel(FakeModel.echo());
  private final RuntimeFixture fixture = RuntimeFixture.of(TestOptions.patient());

  @AfterEach
  void closeRuntime() {
    release.countDown();
    fixture.close();
  }

  @Test
  void allWhoWantAVersionShareOneLoad() throws Exception {
    // Given
    fixture.engine.with(VERSION, this::loadWhenReleased);
    CompletableFuture<ServedModel> first = fixture.runtime.load(VERSION);
    CompletableFuture<ServedModel> second = fixture.runtime.load(VERSION);

    // When
    release.countDown();

    // Then
    assertThat(first.get().version()).isEqualTo(VERSION);
    assertThat(second.get()).isSameAs(first.get()).isSameAs(fixture.served(VERSION));
    assertThat(fixture.engine.loads()).isOne();
  }

  @Test
  void cancellingOneWaitLeavesTheOthers() throws Exception {
    // Given
    fixture.engine.with(VERSION, this::loadWhenReleased);
    CompletableFuture<ServedModel> impatient = fixture.runtime.load(VERSION);
    CompletableFuture<ServedModel> patient = fixture.runtime.load(VERSION);

    // When
    impatient.cancel(false);
    release.countDown();

    // Then
    assertThat(patient.get().version()).isEqualTo(VERSION);
  }

  @Test
  void aFailedLoadIsTriedAgainAfterThePauseAndNotBefore() {
    // Given
    ModelLoadException damaged = new ModelLoadException("model.onnx was changed");
    fixture.engine.with(
        VERSION,
        () -> {
          throw damaged;
        });
    assertThatThrownBy(() -> fixture.runtime.load(VERSION).get()).hasCause(damaged);
    fixture.serving(VERSION, model);

    // When
    fixture.loadTicker.advance(RETRY_PAUSE.minusNanos(1));
    CompletableFuture<ServedModel> early = fixture.runtime.load(VERSION);
    fixture.loadTicker.advance(Duration.ofNanos(1));
    CompletableFuture<ServedModel> repaired = fixture.runtime.load(VERSION);

    // Then
    assertThatThrownBy(early::get).hasCause(damaged);
    assertThat(repaired.join().version()).isEqualTo(VERSION);
    assertThat(fixture.engine.loads()).isEqualTo(2);
  }

  @Test
  void anErrorInTheEngineIsALoadThatFailed() {
    // Given
    fixture.engine.with(
        VERSION,
        () -> {
          throw new UnsatisfiedLinkError("no onnxruntime in java.library.path");
        });

    // When
    CompletableFuture<ServedModel> served = fixture.runtime.load(VERSION);

    // Then
    assertThatThrownBy(served::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("support-desk/1.0.0 could not be loaded")
        .hasRootCauseInstanceOf(UnsatisfiedLinkError.class);
  }

  @Test
  void anUnknownEngineIsNamedBesideTheKnownOnes() {
    // Given
    try (BatchingModelRuntime runtime =
        new BatchingModelRuntime(
            new FakeRepository("TensorTurbine", FakeRepository.HINTS),
            List.of(fixture.engine),
            TestOptions.patient().options())) {

      // When // Then
      assertThatThrownBy(() -> runtime.load(VERSION).get())
          .cause()
          .isInstanceOf(ModelLoadException.class)
          .hasMessage(
              "support-desk/1.0.0 wants the engine 'TensorTurbine', expected one of [fake]");
    }
  }

  @Test
  void unusableHintsAreALoadThatFailed() {
    // Given
    try (BatchingModelRuntime runtime =
        new BatchingModelRuntime(
            new FakeRepository("fake", new BatchingHints(0, 64, List.of())),
            List.of(fixture.engine),
            TestOptions.patient().options())) {

      // When // Then
      assertThatThrownBy(() -> runtime.load(VERSION).get())
          .cause()
          .isInstanceOf(ModelLoadException.class)
          .hasMessageStartingWith("support-desk/1.0.0 has unusable batching hints: max_batch_size");
    }
  }

  @Test
  void enginesOfOneNameAreRefused() {
    // Given
    List<ModelEngine> twins = List.of(new FakeEngine(), new FakeEngine());

    // When // Then
    assertThatThrownBy(
            () ->
                new BatchingModelRuntime(
                    new FakeRepository("fake", FakeRepository.HINTS),
                    twins,
                    RuntimeOptions.defaults()))
        .hasMessage("Two model engines are named fake");
  }

  @Test
  void aSlowLoadDoesNotHoldUpAnother() {
    // Given
    fixture.engine.with(VERSION, this::loadWhenReleased);
    fixture.serving(CANDIDATE, new FakeModel(FakeModel.echo()));
    CompletableFuture<ServedModel> slow = fixture.runtime.load(VERSION);

    // When
    ServedModel candidate = fixture.served(CANDIDATE);

    // Then
    assertThat(candidate.version()).isEqualTo(CANDIDATE);
    assertThat(slow).isNotDone();
  }

  @Test
  void closeDuringALoadFreesWhatItLoads() {
    // Given
    fixture.engine.with(VERSION, this::loadWhenReleased);
    CompletableFuture<ServedModel> served = fixture.runtime.load(VERSION);
    await().until(() -> fixture.engine.loads() == 1);

    // When
    fixture.close();
    release.countDown();

    // Then
    assertThat(served).isCancelled();
    await().until(model::closed);
    assertThat(model.misused()).isFalse();
    await().until(() -> RuntimeFixture.workerThreads(VERSION) == 0);
  }

  @Test
  void aClosedRuntimeLoadsNothing() {
    // Given
    fixture.serving(VERSION, model);
    fixture.close();

    // When
    CompletableFuture<ServedModel> served = fixture.runtime.load(VERSION);

    // Then
    assertThatThrownBy(served::get).isInstanceOf(CancellationException.class);
    assertThat(fixture.engine.loads()).isZero();
  }

  private FakeModel loadWhenReleased() throws ModelLoadException {
    try {
      release.await();
      return model;
    } catch (InterruptedException e) {
      throw new ModelLoadException("interrupted", e);
    }
  }
}
