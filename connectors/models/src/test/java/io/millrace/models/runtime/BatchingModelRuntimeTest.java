package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.CANDIDATE;
import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static io.millrace.models.runtime.RuntimeFixture.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.InvalidInputException;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchingModelRuntimeTest {

  private static final Duration SHORT = Duration.ofMillis(80);

  /** Fewer than may wait, however slow the machine. */
  private static final int ITEMS = 900;

  private final CountDownLatch release = new CountDownLatch(1);
  private RuntimeFixture fixture = RuntimeFixture.of(TestOptions.patient());

  @AfterEach
  void closeRuntime() {
    release.countDown();
    fixture.close();
  }

  @Test
  void callersOfSeveralThreadsEachGetTheirOwnAnswer() throws Exception {
    // Given
    FakeModel model = new FakeModel(FakeModel.echo());
    fixture.serving(VERSION, model);
    ServedModel served = fixture.served(VERSION);

    // When
    List<CompletableFuture<Prediction>> answers =
        IntStream.range(0, ITEMS)
            .parallel()
            .mapToObj(i -> submit(served, "item-" + i, 1 + i % 40))
            .toList();

    // Then
    for (int i = 0; i < answers.size(); i++) {
      assertThat(FakeModel.text(answers.get(i).get(10, TimeUnit.SECONDS))).isEqualTo("item-" + i);
    }
    assertThat(model.texts()).hasSize(ITEMS).doesNotHaveDuplicates();
    assertThat(fixture.stats().items()).isEqualTo(ITEMS);
    assertThat(fixture.stats().batches()).isEqualTo(model.batches().size());
  }

  @Test
  void itemsThatComeWhileAllWorkersAreBusyShareTheNextBatch() {
    // Given
    FakeModel model = busyUntilReleased();

    // When
    List<CompletableFuture<Prediction>> answers =
        IntStream.range(0, 4).mapToObj(i -> fixture.submit("item-" + i)).toList();
    release.countDown();

    // Then
    assertThat(answers).allMatch(answer -> answer.join().batchSize() == 4);
    assertThat(answers)
        .flatExtracting(answer -> answer.join().features())
        .extracting(features -> features.categories().get("text"))
        .containsExactly("item-0", "item-1", "item-2", "item-3");
    assertThat(model.batches()).contains(List.of("item-0", "item-1", "item-2", "item-3"));
  }

  @Test
  void anItemCancelledBeforeItsBatchNeverRuns() {
    // Given
    FakeModel model = busyUntilReleased();
    CompletableFuture<Prediction> cancelled = fixture.submit("cancelled");
    CompletableFuture<Prediction> kept = fixture.submit("kept");

    // When
    cancelled.cancel(false);
    int queued = fixture.stats().queuedItems();
    release.countDown();

    // Then
    assertThat(queued).isOne();
    assertThat(kept.join().batchSize()).isOne();
    assertThat(model.texts()).doesNotContain("cancelled");
  }

  @Test
  void anItemWhoseCallerTimesOutLeavesTheQueue() {
    // Given
    busyUntilReleased();

    // When
    CompletableFuture<Prediction> answer =
        fixture.submit("impatient").orTimeout(1, TimeUnit.MILLISECONDS);

    // Then
    await().until(answer::isDone);
    await().until(() -> fixture.stats().queuedItems() == 0);
  }

  @Test
  void aBadItemFailsAloneAndTheOthersOfItsBatchSucceed() {
    // Given
    FakeModel model = busyUntilReleased(FakeModel.failing("bad"::equals, Reason.NON_FINITE_OUTPUT));
    CompletableFuture<Prediction> good = fixture.submit("good");
    CompletableFuture<Prediction> bad = fixture.submit("bad");

    // When
    release.countDown();

    // Then
    assertThat(FakeModel.text(good.join())).isEqualTo("good");
    assertThat(failure(bad).reason()).isEqualTo(Reason.NON_FINITE_OUTPUT);
    assertThat(model.batches()).contains(List.of("good", "bad"), List.of("good"), List.of("bad"));
  }

  @Test
  void anErrorOfTheModelDoesNotKillItsWorker() {
    // Given
    use(TestOptions.patient().withWorkers(1));
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (batch.get(0).text().equals("greedy")) {
                throw new OutOfMemoryError("Java heap space");
              }
              if (batch.get(0).text().equals("broken")) {
                throw new StackOverflowError();
              }
              return FakeModel.answers(batch);
            });
    fixture.serving(VERSION, model);

    // When
    PredictionException greedy = failure(fixture.submit("greedy"));
    PredictionException broken = failure(fixture.submit("broken"));
    Prediction fine = fixture.submit("fine").join();

    // Then
    assertThat(greedy.reason()).isEqualTo(Reason.OUT_OF_MEMORY);
    assertThat(broken.reason()).isEqualTo(Reason.MODEL_FAILURE);
    assertThat(FakeModel.text(fine)).isEqualTo("fine");
    assertThat(fixture.stats().failedItems()).isEqualTo(2);
  }

  @Test
  void aTimeoutStopsTheCallAndFreesItsWorker() {
    // Given
    use(TestOptions.patient().withWorkers(1).withCallTimeout(SHORT));
    FakeModel model = new FakeModel(FakeModel.hangingUntilStopped("hang"::equals));
    fixture.serving(VERSION, model);

    // When
    PredictionException timeout = failure(fixture.submit("hang"));
    Prediction next = fixture.submit("fine").join();

    // Then
    assertThat(timeout.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(timeout).hasMessage("support-desk/1.0.0 used up its 80 ms and was stopped");
    assertThat(FakeModel.text(next)).isEqualTo("fine");
    assertThat(fixture.stats().abandonments()).isZero();
  }

  @Test
  void neighboursOfAHangingItemAreAnswered() {
    // Given
    use(TestOptions.patient().withWorkers(1).withCallTimeout(SHORT));
    FakeModel model =
        busyUntilReleased(FakeModel.hangingUntilStopped("hang"::equals), "occupant-0");
    CompletableFuture<Prediction> hang = fixture.submit("hang");
    List<CompletableFuture<Prediction>> neighbours =
        IntStream.range(0, 3).mapToObj(i -> fixture.submit("item-" + i)).toList();

    // When
    release.countDown();

    // Then
    assertThat(failure(hang).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(neighbours).allMatch(answer -> FakeModel.text(answer.join()).startsWith("item-"));
    assertThat(model.running()).isZero();
  }

  @Test
  void aCallThatIgnoresTheStopIsAbandonedAndItsWorkerReplaced() {
    // Given
    use(TestOptions.patient().withCallTimeout(SHORT).withStopGrace(Duration.ofMillis(20)));
    FakeModel model = new FakeModel(FakeModel.hangingUntil(release, "hang"::equals));
    fixture.serving(VERSION, model);

    // When
    List<CompletableFuture<Prediction>> hanging =
        IntStream.range(0, 5).mapToObj(i -> submitAlone("hang")).toList();
    hanging.forEach(hang -> assertThat(failure(hang).reason()).isEqualTo(Reason.TIMEOUT));
    List<CompletableFuture<Prediction>> fine =
        IntStream.range(0, 20).mapToObj(i -> fixture.submit("fine")).toList();

    // Then: both workers serve beside five threads that hang
    assertThat(fine).allMatch(answer -> FakeModel.text(answer.join()).equals("fine"));
    assertThat(fixture.stats().abandonedCalls()).isEqualTo(5);
    await().until(() -> fixture.stats().runningCalls() == 0);
    assertThat(RuntimeFixture.workerThreads(VERSION)).isEqualTo(7);

    // And: when the calls return, their threads end and their answers are ignored
    release.countDown();
    await().until(() -> RuntimeFixture.workerThreads(VERSION) == 2);
    assertThat(fixture.stats().abandonedCalls()).isZero();
    assertThat(fixture.stats().items()).isEqualTo(20);
  }

  @Test
  void aCallThatIsGivenUpIsReportedToWhoFollowsItsItems() throws Exception {
    // Given
    use(TestOptions.patient().withCallTimeout(SHORT).withStopGrace(Duration.ofMillis(20)));
    fixture.serving(VERSION, new FakeModel(FakeModel.hangingUntil(release, "hang"::equals)));
    Queue<CallReport> reports = new ConcurrentLinkedQueue<>();

    // When
    CompletableFuture<Prediction> answer =
        fixture
            .served(VERSION)
            .prepare(FakeModel.inputs("hang"))
            .submit(Priority.NORMAL, new ItemTag(reports::add, "mine"))
            .answer();

    // Then: it was before the answer
    assertThat(failure(answer).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(reports).hasSize(1);
    CallReport report = reports.element();
    assertThat(report.tags()).containsExactly("mine");
    assertThat(report.time()).isEqualTo(SHORT);
    assertThat(report.failure()).isNotNull();
  }

  @Test
  void aCallWhoseStopThrowsIsAbandonedToo() {
    // Given
    use(
        TestOptions.patient()
            .withWorkers(1)
            .withCallTimeout(SHORT)
            .withStopGrace(Duration.ofMillis(20)));
    fixture.serving(
        VERSION,
        new FakeModel(
            (batch, stop) -> {
              stop.onStop(
                  () -> {
                    throw new IllegalStateException("cannot stop");
                  });
              return FakeModel.hangingUntil(release, "hang"::equals).predict(batch, stop);
            }));

    // When
    PredictionException timeout = failure(fixture.submit("hang"));

    // Then
    assertThat(timeout.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(FakeModel.text(fixture.submit("fine").join())).isEqualTo("fine");
  }

  @Test
  void withTooManyCallsThatNeverReturnItemsFailAtOnceUntilOneDoes() {
    // Given
    use(
        TestOptions.patient()
            .withCallTimeout(SHORT)
            .withStopGrace(Duration.ofMillis(20))
            .withMaxAbandonedCalls(0));
    fixture.serving(VERSION, new FakeModel(FakeModel.hangingUntil(release, "hang"::equals)));
    CompletableFuture<Prediction> first = submitAlone("hang");
    CompletableFuture<Prediction> second = submitAlone("hang");
    assertThat(failure(first).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure(second).reason()).isEqualTo(Reason.TIMEOUT);
    await().until(() -> fixture.stats().abandonedCalls() == 2);

    // When
    PredictionException refused = failure(fixture.submit("fine"));
    release.countDown();
    await().until(() -> fixture.stats().abandonedCalls() == 0);
    Prediction served = fixture.submit("fine").join();

    // Then
    assertThat(refused).hasMessage("support-desk/1.0.0 has too many calls that do not stop");
    assertThat(FakeModel.text(served)).isEqualTo("fine");
    assertThat(RuntimeFixture.workerThreads(VERSION)).isEqualTo(2);
  }

  @Test
  void aVersionThatHangsDoesNotHoldUpAnother() {
    // Given
    fixture.serving(VERSION, new FakeModel(FakeModel.hangingUntil(release, text -> true)));
    fixture.serving(CANDIDATE, new FakeModel(FakeModel.echo()));
    List<CompletableFuture<Prediction>> stuck =
        IntStream.range(0, 20).mapToObj(i -> fixture.submit(VERSION, "stuck-" + i)).toList();

    // When
    List<CompletableFuture<Prediction>> answers =
        IntStream.range(0, 20).mapToObj(i -> fixture.submit(CANDIDATE, "item-" + i)).toList();

    // Then
    assertThat(answers).allMatch(answer -> FakeModel.text(answer.join()).startsWith("item-"));
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void aCallbackThatThrowsHurtsNoWorker() {
    // Given
    use(TestOptions.patient().withWorkers(1));
    FakeModel model = busyUntilReleased(FakeModel.echo(), "occupant-0");
    CompletableFuture<Void> throwing =
        fixture
            .submit("item-0")
            .thenAccept(
                prediction -> {
                  throw new AssertionError("a caller's bug");
                });
    CompletableFuture<Prediction> neighbour = fixture.submit("item-1");

    // When
    release.countDown();
    neighbour.join();

    // Then
    assertThat(throwing).failsWithin(Duration.ofSeconds(5));
    assertThat(FakeModel.text(fixture.submit("later").join())).isEqualTo("later");
    assertThat(model.batches()).contains(List.of("item-0", "item-1"));
  }

  @Test
  void moreItemsThanTheLimitAreRejected() {
    // Given
    busyUntilReleased();
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<Prediction> unused = fixture.submit("waiting");
    }

    // When
    CompletableFuture<Prediction> rejected = fixture.submit("too many");

    // Then
    assertThatThrownBy(rejected::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void inputsThatDoNotFitFailWhenPrepared() {
    // Given
    fixture.serving(VERSION, new FakeModel(FakeModel.echo()));
    var floats = List.of(Tensors.ofFloats("x", new long[] {1}, new float[1]));

    // When // Then
    assertThatThrownBy(() -> fixture.served(VERSION).prepare(floats))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void closeCancelsWhatWaitsStopsWhatRunsAndFreesTheModel() {
    // Given
    FakeModel model = new FakeModel(FakeModel.hangingUntilStopped(text -> true));
    fixture.serving(VERSION, model);
    ServedModel served = fixture.served(VERSION);
    List<CompletableFuture<Prediction>> answers =
        IntStream.range(0, 20).mapToObj(i -> fixture.submit("item-" + i)).toList();
    await().until(() -> model.running() == 2);

    // When
    fixture.close();
    fixture.close();

    // Then
    assertThat(answers).allMatch(CompletableFuture::isCancelled);
    assertThat(model.closed()).isTrue();
    assertThat(model.misused()).isFalse();
    assertThat(RuntimeFixture.workerThreads(VERSION)).isZero();
    assertThatThrownBy(() -> served.prepare(FakeModel.inputs("late")))
        .isInstanceOf(CancellationException.class)
        .hasMessage("support-desk/1.0.0 has been closed");
  }

  @Test
  void aCallThatOutlivesCloseFreesTheModelWhenItReturns() {
    // Given
    use(TestOptions.patient().withStopGrace(Duration.ofMillis(20)));
    FakeModel model = new FakeModel(FakeModel.hangingUntil(release, text -> true));
    fixture.serving(VERSION, model);
    CompletableFuture<Prediction> running = fixture.submit("running");
    await().until(() -> model.running() == 1);

    // When
    fixture.close();
    boolean closedUnderTheCall = model.closed();
    release.countDown();

    // Then
    assertThat(running).isCancelled();
    assertThat(closedUnderTheCall).isFalse();
    await().until(model::closed);
    assertThat(model.misused()).isFalse();
    await().until(() -> RuntimeFixture.workerThreads(VERSION) == 0);
  }

  private void use(TestOptions options) {
    fixture.close();
    fixture = RuntimeFixture.of(options);
  }

  /** Keeps both workers, or the only one, inside calls until the test releases them. */
  private FakeModel busyUntilReleased() {
    return busyUntilReleased(FakeModel.echo());
  }

  private FakeModel busyUntilReleased(FakeModel.Behaviour afterwards) {
    return busyUntilReleased(afterwards, "occupant-0", "occupant-1");
  }

  private FakeModel busyUntilReleased(FakeModel.Behaviour afterwards, String... occupants) {
    FakeModel model =
        new FakeModel(
            (batch, stop) -> {
              if (batch.get(0).text().startsWith("occupant")) {
                release.await();
              }
              return afterwards.predict(batch, stop);
            });
    fixture.serving(VERSION, model);
    for (String occupant : occupants) {
      int running = model.running();
      CompletableFuture<Prediction> unused = fixture.submit(occupant);
      await().until(() -> model.running() == running + 1);
    }
    return model;
  }

  /** Submits when no other item waits, so that the item's batch is its own. */
  private CompletableFuture<Prediction> submitAlone(String text) {
    CompletableFuture<Prediction> answer = fixture.submit(text);
    await().until(() -> fixture.stats().queuedItems() == 0);
    return answer;
  }

  private static CompletableFuture<Prediction> submit(ServedModel served, String text, int length) {
    try {
      return served.prepare(FakeModel.inputs(text, 1, length)).submit(Priority.NORMAL).answer();
    } catch (InvalidInputException e) {
      throw new AssertionError(e);
    }
  }

  private static PredictionException failure(CompletableFuture<Prediction> answer) {
    try {
      Prediction prediction = answer.get(20, TimeUnit.SECONDS);
      throw new AssertionError("Succeeded: " + prediction);
    } catch (ExecutionException e) {
      return (PredictionException) requireNonNull(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
