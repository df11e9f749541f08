package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.Features;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.runtime.FakeModel.Behaviour;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchExecutorTest {

  private final ManualTicker ticker = new ManualTicker();
  private final CallWatchdog watchdog = new CallWatchdog(Duration.ofSeconds(5));
  private final RunningCalls calls = new RunningCalls();
  private final VersionCounters counters = new VersionCounters();
  private final BatchLimit limit = new BatchLimit(new BatchPolicy(8, 1_000, List.of(), 0, 0, 1));
  private final List<BreakerState> opened = new ArrayList<>();
  private VersionBreaker breaker = breaker(TestOptions.NEVER_OPEN);

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
                prediction.outputs(),
                Duration.ofMillis(7),
                Duration.ofMillis(30),
                2,
                10,
                16,
                Duration.ofMillis(20),
                null,
                List.of(new Features(Map.of(), Map.of("text", "a"), Map.of()))));
    assertThat(FakeModel.text(neighbour.answer().join())).isEqualTo("b");
    assertThat(counters.tokens.sum()).isEqualTo(18);
    assertThat(counters.paddedTokens.sum()).isEqualTo(24);
  }

  @Test
  void whoFollowsItemsIsToldOfEachCallOnce() {
    // Given
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              ticker.advance(Duration.ofMillis(30));
              return FakeModel.failing("c"::equals, Reason.MODEL_FAILURE).predict(batch, stop);
            });
    List<CallReport> mine = new ArrayList<>();
    List<CallReport> others = new ArrayList<>();
    CallListener me = mine::add;
    List<QueuedItem<FakeItem>> batch =
        List.of(
            followed(new FakeItem("a", 2, 5), new ItemTag(me, "tag-a")),
            queued(new FakeItem("b", 1, 8)),
            followed(new FakeItem("c", 1, 6), new ItemTag(others::add, "tag-c")),
            followed(new FakeItem("d", 1, 7), new ItemTag(me, "tag-d")));

    // When
    execute(model, batch);

    // Then
    assertThat(mine)
        .extracting(CallReport::tags)
        .containsExactly(
            List.of("tag-a", "tag-d"), List.of("tag-a"), List.of("tag-d"), List.of("tag-d"));
    assertThat(others)
        .extracting(CallReport::tags)
        .containsExactly(List.of("tag-c"), List.of("tag-c"), List.of("tag-c"));
    assertThat(mine.get(0).failure()).isNotNull();
    assertThat(mine.get(1))
        .isEqualTo(
            new CallReport(VERSION, List.of("tag-a"), Duration.ofMillis(30), 2, 18, 24, null));
    assertThat(others.get(2).failure()).isNotNull();
  }

  @Test
  void aListenerThatFailsHurtsNobody() {
    // Given
    CallListener broken =
        call -> {
          throw new IllegalStateException("not today");
        };
    QueuedItem<FakeItem> item = followed(new FakeItem("a", 1, 5), new ItemTag(broken, "a"));

    // When
    execute(new FakeModel(FakeModel.echo()), List.of(item));

    // Then
    assertThat(FakeModel.text(item.answer().join())).isEqualTo("a");
  }

  @Test
  void aBadItemFailsAloneAndItsNeighboursSucceed() {
    // Given
    FakeModel model = new FakeModel(FakeModel.failing("item-5"::equals, Reason.MODEL_FAILURE));
    List<QueuedItem<FakeItem>> batch = batch(8);

    // When
    execute(model, batch);

    // Then
    assertThat(reason(batch.get(5))).isEqualTo(Reason.MODEL_FAILURE);
    assertThat(batch.stream().filter(item -> !item.answer().isCompletedExceptionally())).hasSize(7);
    assertThat(counters.failedItems.sum()).isOne();
    assertThat(counters.poisonIsolated.sum()).isOne();
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

  @Test
  void anItemWithoutFiniteNumbersFailsAloneWithoutASplit() {
    // Given
    FakeModel model = new FakeModel(scoring("item-1"::equals));
    List<QueuedItem<FakeItem>> batch = batch(3);

    // When
    execute(model, batch);

    // Then
    assertThat(model.batches()).hasSize(1);
    assertThat(reason(batch.get(1))).isEqualTo(Reason.NON_FINITE_OUTPUT);
    assertThat(failure(batch.get(1)))
        .hasMessage(
            "output 'score' of support-desk/1.0.0 holds NaN or infinity, expected finite numbers");
    assertThat(FakeModel.text(batch.get(0).answer().join())).isEqualTo("item-0");
    assertThat(FakeModel.text(batch.get(2).answer().join())).isEqualTo("item-2");
    assertThat(counters.items.sum()).isEqualTo(2);
    assertThat(counters.tokens.sum()).isEqualTo(16);
    assertThat(counters.failedItems.sum()).isOne();
    assertThat(counters.poisonIsolated.sum()).isOne();
    assertThat(counters.splits.sum()).isZero();
  }

  @Test
  void anItemThatFailsBeforeItsNeighboursAreAnsweredIsIsolatedToo() {
    // Given: of two halves the bad one runs first
    FakeModel model = new FakeModel(FakeModel.failing("item-0"::equals, Reason.MODEL_FAILURE));

    // When
    execute(model, batch(2));

    // Then
    assertThat(counters.poisonIsolated.sum()).isOne();
  }

  @Test
  void nothingIsIsolatedWhereNothingSucceeds() {
    // Given
    FakeModel model = new FakeModel(FakeModel.failing(text -> true, Reason.MODEL_FAILURE));

    // When
    execute(model, batch(4));

    // Then
    assertThat(counters.failedItems.sum()).isEqualTo(4);
    assertThat(counters.poisonIsolated.sum()).isZero();
  }

  @Test
  void anOutOfMemoryErrorHalvesTheLimitOncePerSize() {
    // Given
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (batch.size() > 2) {
                throw new OutOfMemoryError("Java heap space");
              }
              return FakeModel.answers(batch);
            });

    // When: 8 rows and the first 4 fail within the limit, the second 4 above it
    execute(model, batch(8));

    // Then
    assertThat(limit.rows()).isEqualTo(2);
  }

  @Test
  void anAllocationFailureOfTheEngineHalvesTheLimitToo() {
    // Given
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (batch.size() > 4) {
                throw new PredictionException(Reason.OUT_OF_MEMORY, "bad allocation", null);
              }
              return FakeModel.answers(batch);
            });

    // When
    execute(model, batch(8));

    // Then
    assertThat(limit.rows()).isEqualTo(4);
  }

  @Test
  void anItemThatRunsOutOfMemoryAloneLeavesTheLimitToTheOthers() {
    // Given
    FakeModel model = new FakeModel(FakeModel.failing("item-3"::equals, Reason.OUT_OF_MEMORY));

    // When
    execute(model, batch(8));

    // Then
    assertThat(limit.rows()).isEqualTo(8);
    assertThat(counters.poisonIsolated.sum()).isEqualTo(1);
  }

  @Test
  void callsThatAnswerRaiseTheLimit() {
    // Given
    limit.ranOutOfMemory(8, 8);

    // When
    for (int i = 0; i < BatchLimit.CALLS_PER_ROW; i++) {
      execute(new FakeModel(FakeModel.echo()), batch(1));
    }

    // Then
    assertThat(limit.rows()).isEqualTo(5);
  }

  @Test
  void aModelThatFailsEveryItemOfABatchOpensTheBreaker() {
    // Given
    breaker = breaker(BreakerOptions.defaults());
    FakeModel model = new FakeModel(FakeModel.failing(text -> true, Reason.MODEL_FAILURE));

    // When
    execute(model, batch(8));

    // Then: after the whole batch, because one good item would have cleared the model
    assertThat(opened).containsExactly(BreakerState.OPEN);
    assertThat(model.batches()).hasSize(15);
  }

  @Test
  void badItemsBesideAGoodOneDoNotOpenTheBreaker() {
    // Given
    breaker = breaker(BreakerOptions.defaults());
    FakeModel model =
        new FakeModel(FakeModel.failing(text -> !text.equals("item-7"), Reason.MODEL_FAILURE));

    // When: the good one is the last to run
    for (int i = 0; i < 20; i++) {
      execute(model, batch(8));
    }

    // Then
    assertThat(opened).isEmpty();
    assertThat(counters.poisonIsolated.sum()).isEqualTo(140);
  }

  @Test
  void aBadItemInABatchOfTwoDoesNotOpenTheBreakerWhicheverRunsFirst() {
    // Given
    breaker = breaker(new BreakerOptions(1, 100, 100, 100, Duration.ofSeconds(1), 1));

    // When
    execute(new FakeModel(FakeModel.failing("item-0"::equals, Reason.MODEL_FAILURE)), batch(2));
    execute(new FakeModel(FakeModel.failing("item-1"::equals, Reason.MODEL_FAILURE)), batch(2));

    // Then
    assertThat(opened).isEmpty();
  }

  @Test
  void onePoisonedItemInAHundredDoesNotOpenTheBreaker() {
    // Given
    breaker = breaker(BreakerOptions.defaults());
    FakeModel model = new FakeModel(FakeModel.failing("item-3"::equals, Reason.MODEL_FAILURE));

    // When
    for (int i = 0; i < 100; i++) {
      execute(model, List.of(queued(new FakeItem(i % 25 == 0 ? "item-3" : "fine", 1, 8))));
      execute(model, batch(i % 25 == 1 ? 8 : 3));
    }

    // Then
    assertThat(opened).isEmpty();
  }

  @Test
  void singleItemsThatFailOpenTheBreaker() {
    // Given
    breaker = breaker(BreakerOptions.defaults());
    FakeModel model = new FakeModel(FakeModel.failing(text -> true, Reason.MODEL_FAILURE));

    // When
    for (int i = 0; i < 5; i++) {
      assertThat(opened).isEmpty();
      execute(model, batch(1));
    }

    // Then
    assertThat(opened).containsExactly(BreakerState.OPEN);
  }

  @Test
  void everyCallThatTimesOutIsAFailureAtOnceAndTheRestIsRefused() {
    // Given
    breaker = breaker(BreakerOptions.defaults());
    FakeModel model = new FakeModel(FakeModel.hangingUntilStopped(text -> true));
    List<QueuedItem<FakeItem>> batch = batch(16);

    // When: each call has a few milliseconds
    execute(model, batch, Duration.ofMillis(16));

    // Then: the whole, two halves, two quarters
    assertThat(opened).containsExactly(BreakerState.OPEN);
    assertThat(model.batches()).hasSize(5);
    assertThat(batch).allMatch(item -> reason(item) == Reason.CIRCUIT_OPEN);
    assertThat(counters.refusedItems.sum()).isEqualTo(16);
    assertThat(counters.failedItems.sum()).isZero();
  }

  @Test
  void callsThatAnswerNothingButNaNOpenTheBreaker() {
    // Given
    breaker = breaker(BreakerOptions.defaults());
    FakeModel model = new FakeModel(scoring(text -> true));

    // When: each call is one failure, whatever its size
    for (int i = 0; i < 5; i++) {
      assertThat(opened).isEmpty();
      execute(model, batch(8));
    }

    // Then
    assertThat(opened).containsExactly(BreakerState.OPEN);
  }

  @Test
  void callsThatAnswerNaNToSomeDoNotOpenTheBreaker() {
    // Given
    breaker = breaker(new BreakerOptions(1, 1, 1, 1, Duration.ofSeconds(1), 1));

    // When
    execute(new FakeModel(scoring("item-0"::equals)), batch(2));

    // Then
    assertThat(opened).isEmpty();
  }

  @Test
  void anOpenBreakerRefusesAWholeBatchWithoutACall() {
    // Given
    breaker = breaker(new BreakerOptions(1, 100, 100, 100, Duration.ofSeconds(1), 1));
    execute(new FakeModel(FakeModel.failing(text -> true, Reason.MODEL_FAILURE)), batch(1));
    FakeModel model = new FakeModel(FakeModel.echo());
    List<QueuedItem<FakeItem>> batch = batch(3);

    // When
    execute(model, batch);

    // Then
    assertThat(model.batches()).isEmpty();
    assertThat(batch).allMatch(item -> reason(item) == Reason.CIRCUIT_OPEN);
    assertThat(failure(batch.get(0)))
        .hasMessage("support-desk/1.0.0 is not called: its circuit breaker is open");
  }

  @Test
  void aBatchThatIsSplitWhileHalfOpenUsesUpNoProbe() {
    // Given
    breaker = breaker(new BreakerOptions(1, 50, 100, 20, Duration.ofSeconds(1), 1));
    FakeModel model = new FakeModel(FakeModel.failing("item-0"::equals, Reason.MODEL_FAILURE));
    execute(model, batch(1));
    ticker.advance(Duration.ofSeconds(2));

    // When
    List<QueuedItem<FakeItem>> batch = batch(4);
    execute(model, batch);

    // Then: the good half was the probe that closed it
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(batch.stream().filter(item -> !item.answer().isCompletedExceptionally())).hasSize(3);
  }

  @Test
  void cancelledCallsUseUpNoProbe() {
    // Given
    breaker = breaker(new BreakerOptions(1, 50, 100, 20, Duration.ofSeconds(1), 1));
    execute(new FakeModel(FakeModel.failing(text -> true, Reason.MODEL_FAILURE)), batch(1));
    ticker.advance(Duration.ofSeconds(2));
    calls.close();

    // When
    execute(new FakeModel(FakeModel.echo()), batch(2));

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.tryAcquire()).isNotNull();
  }

  private VersionBreaker breaker(BreakerOptions options) {
    return new VersionBreaker(VERSION, options, ticker, () -> opened.add(BreakerState.OPEN));
  }

  /** Answers with a number that is NaN for the bad. */
  private static Behaviour scoring(Predicate<String> bad) {
    return (batch, stop) ->
        batch.stream()
            .map(
                item ->
                    List.of(
                        Tensors.ofStrings("echo", List.of(item.text())),
                        Tensors.ofFloats(
                            "score",
                            new long[] {1},
                            new float[] {bad.test(item.text()) ? Float.NaN : 1})))
            .toList();
  }

  private void execute(FakeModel model, List<QueuedItem<FakeItem>> batch) {
    execute(model, batch, Duration.ofMinutes(1));
  }

  private void execute(FakeModel model, List<QueuedItem<FakeItem>> batch, Duration callTimeout) {
    BatchExecutor<FakeItem> executor =
        new BatchExecutor<>(VERSION, model, watchdog, calls, counters, limit, breaker, ticker);
    boolean done =
        executor.execute(new BatchRun<>(batch, callTimeout.toNanos()), (run, timedOut) -> {});
    assertThat(done).isTrue();
    assertThat(calls.size()).isZero();
  }

  private List<QueuedItem<FakeItem>> batch(int size) {
    return IntStream.range(0, size).mapToObj(i -> queued(new FakeItem("item-" + i, 1, 8))).toList();
  }

  private QueuedItem<FakeItem> queued(FakeItem item) {
    return new QueuedItem<>(item, Priority.NORMAL, ticker.getAsLong());
  }

  private QueuedItem<FakeItem> followed(FakeItem item, ItemTag tag) {
    return new QueuedItem<>(item, Priority.NORMAL, ticker.getAsLong(), tag);
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
