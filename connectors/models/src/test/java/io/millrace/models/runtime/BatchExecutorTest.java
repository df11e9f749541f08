package io.millrace.models.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.runtime.FakeModel.Behaviour;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchExecutorTest {

  private final ManualTicker ticker = new ManualTicker();
  private final CallWatchdog watchdog = new CallWatchdog(Duration.ofSeconds(5));
  private final RunningCalls calls = new RunningCalls();
  private final VersionCounters counters = new VersionCounters();

  @AfterEach
  void closeWatchdog() {
    watchdog.close();
  }

  @Test
  void anAnswerTellsOfItsCall() {
    // Given
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              ticker.advance(Duration.ofMillis(30));
              return FakeModel.answers(batch);
            });
    QueuedItem<FakeItem> item = queued(new FakeItem("a", 2, 5));
    QueuedItem<FakeItem> neighbour = queued(new FakeItem("b", 1, 8));
    ticker.advance(Duration.ofMillis(7));

    // When
    execute(model, List.of(item, neighbour));

    // Then
    Prediction prediction = item.answer().join();
    assertThat(FakeModel.text(prediction)).isEqualTo("a");
    assertThat(prediction)
        .isEqualTo(
            new Prediction(
                prediction.outputs(), Duration.ofMillis(7), Duration.ofMillis(30), 2, 10, 16));
    assertThat(FakeModel.text(neighbour.answer().join())).isEqualTo("b");
    assertThat(counters.tokens.sum()).isEqualTo(18);
    assertThat(counters.paddedTokens.sum()).isEqualTo(24);
  }

  @Test
  void aBadItemFailsAloneAndItsNeighboursSucceed() {
    // Given
    FakeModel model = new FakeModel(FakeModel.failing("item-5"::equals, Reason.NON_FINITE_OUTPUT));
    List<QueuedItem<FakeItem>> batch = batch(8);

    // When
    execute(model, batch);

    // Then
    assertThat(reason(batch.get(5))).isEqualTo(Reason.NON_FINITE_OUTPUT);
    assertThat(batch.stream().filter(item -> !item.answer().isCompletedExceptionally())).hasSize(7);
    assertThat(counters.failedItems.sum()).isOne();
    assertThat(counters.splits.sum()).isEqualTo(3);
  }

  @Test
  void goodHalvesAreAnsweredBeforeTheSearchGoesOn() {
    // Given
    FakeModel model = new FakeModel(FakeModel.failing("item-0"::equals, Reason.MODEL_FAILURE));

    // When
    execute(model, batch(4));

    // Then
    assertThat(model.batches())
        .containsExactly(
            List.of("item-0", "item-1", "item-2", "item-3"),
            List.of("item-0", "item-1"),
            List.of("item-2", "item-3"),
            List.of("item-0"),
            List.of("item-1"));
  }

  @Test
  void anOutOfMemoryErrorHalvesTheBatch() {
    // Given
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (batch.size() > 2) {
                throw new OutOfMemoryError("Java heap space");
              }
              return FakeModel.answers(batch);
            });
    List<QueuedItem<FakeItem>> batch = batch(8);

    // When
    execute(model, batch);

    // Then
    assertThat(batch).allMatch(item -> !item.answer().isCompletedExceptionally());
    assertThat(batch).allMatch(item -> item.answer().join().batchSize() == 2);
  }

  @Test
  void whatAModelThrowsIsNamedWithoutItsMessage() {
    // Given
    Behaviour leaking =
        (batch, stop) -> {
          throw new IllegalStateException("the text was " + batch.get(0).text());
        };
    List<QueuedItem<FakeItem>> batch = batch(1);

    // When
    execute(new FakeModel(leaking), batch);

    // Then
    assertThat(failure(batch.get(0)))
        .hasMessage("support-desk/1.0.0 threw java.lang.IllegalStateException");
    assertThat(reason(batch.get(0))).isEqualTo(Reason.MODEL_FAILURE);
  }

  @Test
  void aModelThatGivesTooFewAnswersFails() {
    // Given
    List<QueuedItem<FakeItem>> batch = batch(1);

    // When
    execute(new FakeModel((items, stop) -> List.of()), batch);

    // Then
    assertThat(failure(batch.get(0))).hasMessage("support-desk/1.0.0 gave 0 answers to 1 items");
  }

  @Test
  void itemsCancelledBeforeTheCallDoNotRun() {
    // Given
    FakeModel model = new FakeModel(FakeModel.echo());
    List<QueuedItem<FakeItem>> batch = batch(3);
    batch.get(1).answer().cancel(false);

    // When
    execute(model, batch);

    // Then
    assertThat(model.batches()).containsExactly(List.of("item-0", "item-2"));
  }

  @Test
  void itemsCancelledWhileTheBadOneIsSoughtDoNotRunAgain() {
    // Given
    List<QueuedItem<FakeItem>> batch = batch(4);
    FakeModel model =
        new FakeModel(
            (items, stop) -> {
              batch.get(3).answer().cancel(false);
              throw new IllegalStateException("always");
            });

    // When
    execute(model, batch);

    // Then
    assertThat(model.batches().stream().skip(1)).noneMatch(texts -> texts.contains("item-3"));
  }

  @Test
  void oneHangingItemCostsLittleMoreThanTwoTimeouts() {
    // Given
    BatchRun<FakeItem> run = new BatchRun<>(batch(16), 1_000);
    PredictionException timeout = new PredictionException(Reason.TIMEOUT, "stopped", null);
    long hanging = 0;

    // When: every call with item-0 hangs, all others answer at once
    for (BatchRun.Piece<FakeItem> piece = run.next(); piece != null; piece = run.next()) {
      if (piece.items().get(0).prepared().text().equals("item-0")) {
        hanging += piece.budgetNanos();
        run.split(piece, timeout);
      }
    }

    // Then
    assertThat(hanging).isEqualTo(1_000 + 500 + 250 + 125 + 125);
  }

  @Test
  void otherFailuresLeaveHalvesTheirTime() {
    // Given
    BatchRun<FakeItem> run = new BatchRun<>(batch(2), 1_000);
    PredictionException failure = new PredictionException(Reason.OUT_OF_MEMORY, "full", null);

    // When
    boolean split = run.split(requireNonNull(run.next()), failure);

    // Then
    assertThat(split).isTrue();
    assertThat(requireNonNull(run.next()).budgetNanos()).isEqualTo(1_000);
  }

  @Test
  void afterCloseItemsAreCancelledInsteadOfRun() {
    // Given
    FakeModel model = new FakeModel(FakeModel.echo());
    List<QueuedItem<FakeItem>> batch = batch(2);
    calls.close();

    // When
    execute(model, batch);

    // Then
    assertThat(model.batches()).isEmpty();
    assertThat(batch).allMatch(item -> item.answer().isCancelled());
    assertThat(failure(batch.get(0))).isInstanceOf(CancellationException.class);
  }

  private void execute(FakeModel model, List<QueuedItem<FakeItem>> batch) {
    BatchExecutor<FakeItem> executor =
        new BatchExecutor<>(
            new ModelVersion("support-desk", "1.0.0"), model, watchdog, calls, counters, ticker);
    boolean done =
        executor.execute(
            new BatchRun<>(batch, Duration.ofMinutes(1).toNanos()), (run, piece) -> {});
    assertThat(done).isTrue();
    assertThat(calls.size()).isZero();
  }

  private List<QueuedItem<FakeItem>> batch(int size) {
    return IntStream.range(0, size).mapToObj(i -> queued(new FakeItem("item-" + i, 1, 8))).toList();
  }

  private QueuedItem<FakeItem> queued(FakeItem item) {
    return new QueuedItem<>(item, Priority.NORMAL, ticker.getAsLong());
  }

  private static Throwable failure(QueuedItem<FakeItem> item) {
    try {
      item.answer().join();
      throw new AssertionError("The item succeeded");
    } catch (CancellationException e) {
      return e;
    } catch (CompletionException e) {
      return requireNonNull(e.getCause());
    }
  }

  private static Reason reason(QueuedItem<FakeItem> item) {
    return ((PredictionException) failure(item)).reason();
  }
}
