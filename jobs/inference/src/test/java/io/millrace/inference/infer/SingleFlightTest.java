package io.millrace.inference.infer;

import static io.millrace.schemas.avro.Priority.HIGH;
import static io.millrace.schemas.avro.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final SingleFlight<String, Integer> flights = new SingleFlight<>();

  @Test
  void theSecondJoinsTheFirst() {
    FakeWork work = new FakeWork();

    SingleFlight<String, Integer>.Seat first = flights.join("a", NORMAL, () -> work);
    SingleFlight<String, Integer>.Seat second = flights.join("a", HIGH, FakeWork::new);
    work.outcome.complete(7);

    assertThat(first.leads()).isTrue();
    assertThat(second.leads()).isFalse();
    assertThat(work.raised).containsExactly(HIGH);
    assertThat(second.outcome()).isCompletedWithValue(7);
    assertThat(flights.size()).isZero();
  }

  @Test
  void workGoesOnWhileSomeoneWantsIt() {
    FakeWork work = new FakeWork();
    SingleFlight<String, Integer>.Seat first = flights.join("a", NORMAL, () -> work);
    SingleFlight<String, Integer>.Seat second = flights.join("a", NORMAL, FakeWork::new);

    first.leave();
    first.leave();

    assertThat(work.abandoned).isFalse();
    assertThat(second.leads()).isTrue();
    work.outcome.complete(7);
    assertThat(second.outcome()).isCompletedWithValue(7);
  }

  @Test
  void workThatNobodyWantsIsAbandonedAndWhoComesLaterStartsAnew() {
    FakeWork work = new FakeWork();
    FakeWork later = new FakeWork();
    flights.join("a", NORMAL, () -> work).leave();

    SingleFlight<String, Integer>.Seat next = flights.join("a", NORMAL, () -> later);

    assertThat(work.abandoned).isTrue();
    work.outcome.cancel(false);
    later.outcome.complete(8);
    assertThat(next.outcome()).isCompletedWithValue(8);
    assertThat(flights.size()).isZero();
  }

  @Test
  void whoLeavesAfterTheEndAbandonsNothing() {
    FakeWork work = new FakeWork();
    SingleFlight<String, Integer>.Seat seat = flights.join("a", NORMAL, () -> work);
    work.outcome.complete(7);

    seat.leave();

    assertThat(work.abandoned).isFalse();
  }

  @Test
  void workThatFailsOrDoesNotEvenStartLeavesNothingBehind() {
    FakeWork failing = new FakeWork();
    failing.outcome.completeExceptionally(new IllegalStateException());
    FakeWork broken =
        new FakeWork() {
          @Override
          public CompletableFuture<Integer> start() {
            throw new IllegalStateException();
          }
        };

    assertThat(flights.join("a", NORMAL, () -> failing).outcome()).isCompletedExceptionally();
    assertThat(flights.join("a", NORMAL, () -> broken).outcome()).isCompletedExceptionally();
    assertThat(flights.size()).isZero();
  }

  @Test
  void manyThreadsNeverDoTheSameWorkAtOnceAndNobodyIsForgotten() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<Integer>> outcomes = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        String key = "key-" + i % 3;
        AtomicInteger counter = key.equals("key-0") ? underWay : new AtomicInteger();
        // Those of the first key all stay: work that is abandoned may run beside its successor.
        boolean leaves = !key.equals("key-0") && i % 7 == 0;
        outcomes.add(
            CompletableFuture.supplyAsync(
                    () -> flights.join(key, NORMAL, () -> work(counter, most, threads)), threads)
                .thenCompose(seat -> outcome(seat, leaves)));
      }
      CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdown();
    }

    assertThat(most).hasValue(1);
    assertThat(flights.size()).isZero();
  }

  private static CompletableFuture<Integer> outcome(
      SingleFlight<String, Integer>.Seat seat, boolean leaves) {
    if (leaves) {
      seat.leave();
      return CompletableFuture.completedFuture(0);
    }
    return seat.outcome();
  }

  private static FakeWork work(AtomicInteger underWay, AtomicInteger most, Executor threads) {
    return new FakeWork() {
      @Override
      public CompletableFuture<Integer> start() {
        int now = underWay.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        return CompletableFuture.supplyAsync(underWay::decrementAndGet, threads);
      }
    };
  }

  private static class FakeWork implements SingleFlight.Work<Integer> {

    final CompletableFuture<Integer> outcome = new CompletableFuture<>();
    final List<Priority> raised = new ArrayList<>();
    boolean abandoned;

    @Override
    public CompletableFuture<Integer> start() {
      return outcome;
    }

    @Override
    public boolean started() {
      return false;
    }

    @Override
    public void raise(Priority priority) {
      raised.add(priority);
    }

    @Override
    public void abandon() {
      abandoned = true;
    }
  }
}
