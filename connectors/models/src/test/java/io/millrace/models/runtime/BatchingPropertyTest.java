package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.InvalidInputException;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Random items of all fates, alone in the executor and with real threads in the runtime. */
class BatchingPropertyTest {

  /** What an item does to the calls that it is in, or to its own answer. */
  enum Fate {
    FINE,
    FAILS,
    NOT_FINITE,
    EATS_MEMORY,
    HANGS,
    CANCELLED
  }

  record Request(int length, Fate fate) {}

  @Provide
  Arbitrary<List<Request>> requests() {
    return requests(
        Arbitraries.frequency(
            Tuple.of(20, Fate.FINE),
            Tuple.of(2, Fate.FAILS),
            Tuple.of(1, Fate.NOT_FINITE),
            Tuple.of(1, Fate.EATS_MEMORY),
            Tuple.of(2, Fate.CANCELLED)));
  }

  @Provide
  Arbitrary<List<Request>> requestsThatMayHang() {
    return requests(
        Arbitraries.frequency(
            Tuple.of(60, Fate.FINE),
            Tuple.of(3, Fate.FAILS),
            Tuple.of(1, Fate.HANGS),
            Tuple.of(3, Fate.CANCELLED)));
  }

  private static Arbitrary<List<Request>> requests(Arbitrary<Fate> fates) {
    return Combinators.combine(Arbitraries.integers().between(1, 30), fates)
        .as(Request::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void exactlyTheBadItemsOfABatchFail(@ForAll("requests") List<Request> requests) {
    // Given
    List<String> answered = new ArrayList<>();
    List<QueuedItem<FakeItem>> batch = queued(requests);
    for (int i = 0; i < batch.size(); i++) {
      if (requests.get(i).fate() == Fate.CANCELLED) {
        batch.get(i).answer().cancel(false);
      }
    }

    // When
    try (CallWatchdog watchdog = new CallWatchdog(Duration.ofSeconds(5))) {
      new BatchExecutor<>(
              VERSION,
              new FakeModel(fateful(answered)),
              watchdog,
              new RunningCalls(),
              new VersionCounters(),
              new BatchLimit(new BatchPolicy(64, 10_000, List.of(), 0, 0, 1)),
              new VersionBreaker(VERSION, TestOptions.NEVER_OPEN, new ManualTicker(), () -> {}),
              new ManualTicker())
          .execute(new BatchRun<>(batch, Duration.ofMinutes(1).toNanos()), (run, piece) -> {});
    }

    // Then
    for (int i = 0; i < batch.size(); i++) {
      assertThat(end(batch.get(i).answer())).isEqualTo(expectedEnd(requests, i));
    }
    assertThat(answered).doesNotHaveDuplicates().allMatch(text -> text.matches("(FINE|NOT).*"));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whateverBatchesDidTheBreakerClosesWhenTheModelIsWell(
      @ForAll("batches") List<List<Request>> batches, @ForAll @IntRange(max = 9) int seconds) {
    // Given: few probes, so that one that was lost would be missed
    ManualTicker ticker = new ManualTicker();
    VersionBreaker breaker =
        new VersionBreaker(
            VERSION, new BreakerOptions(3, 50, 10, 6, Duration.ofSeconds(5), 2), ticker, () -> {});
    try (CallWatchdog watchdog = new CallWatchdog(Duration.ofSeconds(5))) {
      BatchExecutor<FakeItem> executor =
          new BatchExecutor<>(
              VERSION,
              new FakeModel(fateful(new ArrayList<>())),
              watchdog,
              new RunningCalls(),
              new VersionCounters(),
              new BatchLimit(new BatchPolicy(64, 10_000, List.of(), 0, 0, 1)),
              breaker,
              ticker);
      for (List<Request> batch : batches) {
        List<QueuedItem<FakeItem>> items = queued(batch);
        ticker.advance(Duration.ofSeconds(seconds));
        execute(executor, items);
        assertThat(items).allMatch(item -> item.answer().isDone());
      }

      // When
      for (int i = 0; i < 12; i++) {
        ticker.advance(Duration.ofSeconds(6));
        execute(executor, queued(List.of(new Request(8, Fate.FINE))));
      }
    }

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Provide
  Arbitrary<List<List<Request>>> batches() {
    return requests(
            Arbitraries.of(
                Fate.FINE, Fate.FAILS, Fate.NOT_FINITE, Fate.EATS_MEMORY, Fate.CANCELLED))
        .list()
        .ofMaxSize(12);
  }

  private static List<QueuedItem<FakeItem>> queued(List<Request> requests) {
    return IntStream.range(0, requests.size())
        .mapToObj(i -> new QueuedItem<>(new FakeItem(text(requests, i), 1, 8), Priority.NORMAL, 0))
        .toList();
  }

  private static void execute(BatchExecutor<FakeItem> executor, List<QueuedItem<FakeItem>> items) {
    boolean done =
        executor.execute(
            new BatchRun<>(items, Duration.ofMinutes(1).toNanos()), (run, timedOut) -> {});
    assertThat(done).isTrue();
  }

  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void everyItemEndsAsItWouldAlone(@ForAll("requestsThatMayHang") List<Request> requests) {
    // Given
    List<String> answered = Collections.synchronizedList(new ArrayList<>());
    FakeModel model = new FakeModel(fateful(answered));
    TestOptions options = TestOptions.patient().withCallTimeout(Duration.ofMillis(24));
    try (RuntimeFixture fixture = RuntimeFixture.of(options).serving(VERSION, model)) {
      ServedModel served = fixture.served(VERSION);

      // When
      List<CompletableFuture<Prediction>> answers =
          IntStream.range(0, requests.size())
              .parallel()
              .mapToObj(i -> submit(served, requests, i))
              .toList();

      // Then: a cancelled item may have been quicker than its cancellation
      for (int i = 0; i < answers.size(); i++) {
        String end = end(answers.get(i));
        assertThat(end).isIn(expectedEnd(requests, i), text(Fate.CANCELLED, i));
      }
      assertThat(fixture.stats().queuedItems()).isZero();
    }
    assertThat(answered).doesNotHaveDuplicates();
    assertThat(model.misused()).isFalse();
  }

  private static FakeModel.Behaviour fateful(List<String> answered) {
    return (batch, stop) -> {
      for (FakeItem item : batch) {
        Fate fate = Fate.valueOf(item.text().replaceAll("-.*", ""));
        switch (fate) {
          case FAILS -> throw new IllegalStateException("a bad item");
          case EATS_MEMORY -> throw new OutOfMemoryError("a bad item");
          case HANGS -> hangUntilStopped(stop);
          case NOT_FINITE, FINE, CANCELLED -> {}
        }
      }
      batch.forEach(item -> answered.add(item.text()));
      return batch.stream().map(BatchingPropertyTest::outputs).toList();
    };
  }

  private static List<Tensor> outputs(FakeItem item) {
    boolean bad = item.text().startsWith(Fate.NOT_FINITE.name());
    return List.of(
        Tensors.ofStrings("echo", List.of(item.text())),
        Tensors.ofFloats("score", new long[] {1}, new float[] {bad ? Float.NaN : 1}));
  }

  private static void hangUntilStopped(StopSignal stop)
      throws InterruptedException, PredictionException {
    CountDownLatch stopped = new CountDownLatch(1);
    stop.onStop(stopped::countDown);
    stopped.await();
    throw new PredictionException(Reason.TIMEOUT, "stopped", null);
  }

  private static CompletableFuture<Prediction> submit(
      ServedModel served, List<Request> requests, int i) {
    try {
      CompletableFuture<Prediction> answer =
          served
              .prepare(FakeModel.inputs(text(requests, i), 1, requests.get(i).length()))
              .submit(Priority.NORMAL)
              .answer();
      if (requests.get(i).fate() == Fate.CANCELLED) {
        answer.cancel(false);
      }
      return answer;
    } catch (InvalidInputException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(List<Request> requests, int i) {
    return text(requests.get(i).fate(), i);
  }

  private static String text(Fate fate, int i) {
    return fate + "-" + i;
  }

  private static String expectedEnd(List<Request> requests, int i) {
    return switch (requests.get(i).fate()) {
      case FINE -> text(requests, i);
      case FAILS -> "MODEL_FAILURE";
      case NOT_FINITE -> "NON_FINITE_OUTPUT";
      case EATS_MEMORY -> "OUT_OF_MEMORY";
      case HANGS -> "TIMEOUT";
      case CANCELLED -> "cancelled";
    };
  }

  /** The text of the answer, the reason of the failure, or that it was cancelled. */
  private static String end(CompletableFuture<Prediction> answer) {
    try {
      return FakeModel.text(answer.get(20, TimeUnit.SECONDS));
    } catch (CancellationException e) {
      return "cancelled";
    } catch (ExecutionException e) {
      return ((PredictionException) requireNonNull(e.getCause())).reason().name();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("An item has no end", e);
    }
  }
}
