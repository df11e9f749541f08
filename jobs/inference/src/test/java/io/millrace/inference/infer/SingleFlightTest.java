package io.millrace.inference.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final SingleFlight<String, Integer> flights = new SingleFlight<>();

  @Test
  void theSecondJoinsTheFirst() {
    CompletableFuture<Integer> work = new CompletableFuture<>();

    SingleFlight.Flight<Integer> first = flights.join("a", () -> work);
    SingleFlight.Flight<Integer> second = flights.join("a", CompletableFuture::new);
    work.complete(7);

    assertThat(first.leader()).isTrue();
    assertThat(second.leader()).isFalse();
    assertThat(second.outcome()).isCompletedWithValue(7);
    assertThat(flights.size()).isZero();
  }

  @Test
  void workThatFailsOrDoesNotEvenStartLeavesNothingBehind() {
    CompletableFuture<Integer> failed =
        flights
            .join("a", () -> CompletableFuture.failedFuture(new IllegalStateException()))
            .outcome();
    CompletableFuture<Integer> thrown =
        flights
            .join(
                "a",
                () -> {
                  throw new IllegalStateException();
                })
            .outcome();

    assertThat(failed).isCompletedExceptionally();
    assertThat(thrown).isCompletedExceptionally();
    assertThat(flights.size()).isZero();
  }

  @Test
  void manyThreadsNeverDoTheSameWorkAtOnce() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<Integer>> outcomes = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        String key = "key-" + i % 3;
        AtomicInteger counter = key.equals("key-0") ? underWay : new AtomicInteger();
        outcomes.add(
            CompletableFuture.supplyAsync(
                    () -> flights.join(key, () -> work(counter, most, threads)), threads)
                .thenCompose(SingleFlight.Flight::outcome));
      }
      CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get();
    } finally {
      threads.shutdown();
    }

    assertThat(most).hasValue(1);
    assertThat(flights.size()).isZero();
  }

  private static CompletableFuture<Integer> work(
      AtomicInteger underWay, AtomicInteger most, ExecutorService threads) {
    int now = underWay.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    return CompletableFuture.supplyAsync(underWay::decrementAndGet, threads);
  }
}
