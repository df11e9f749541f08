package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.BatchDecision.Idle;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random arrivals, cancels, pauses and free workers against the windows. */
class BatchWindowsPropertyTest {

  private static final long MAX_DELAY = 5_000;

  /** Something that happens to the windows. */
  sealed interface Event {}

  record Arrive(int rows, int length) implements Event {}

  record Cancel(int which) implements Event {}

  record Pause(int nanos) implements Event {}

  record Work() implements Event {}

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Event> arrive =
        Combinators.combine(
                Arbitraries.frequency(Tuple.of(9, 1), Tuple.of(1, 7)),
                Arbitraries.integers().between(0, 40))
            .as(Arrive::new);
    Arbitrary<Event> cancel = Arbitraries.integers().between(0, 30).map(Cancel::new);
    Arbitrary<Event> pause = Arbitraries.integers().between(1, 4_000).map(Pause::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, arrive),
            Tuple.of(1, cancel),
            Tuple.of(2, pause),
            Tuple.of(3, Arbitraries.just(new Work())))
        .list()
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<BatchPolicy> policies() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 100),
            Arbitraries.of(List.<Integer>of(), List.of(8), List.of(4, 8, 16, 32)),
            Arbitraries.of(0L, 2_000L, MAX_DELAY),
            Arbitraries.integers().between(1, 6))
        .as(
            (size, tokens, buckets, minDelay, bound) ->
                new BatchPolicy(size, tokens, buckets, minDelay, MAX_DELAY, bound));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void batchingLosesAndDoublesNothing(
      @ForAll("events") List<Event> events, @ForAll("policies") BatchPolicy policy) {
    // Given
    Simulation simulation = new Simulation(policy);

    // When
    events.forEach(simulation::apply);
    simulation.drain();

    // Then
    assertThat(simulation.ends.values()).hasSize(simulation.arrived).allMatch(ends -> ends == 1);
    assertThat(simulation.windows.size()).isZero();
  }

  /** The windows beside a plain list of what must be in them. */
  private static final class Simulation {

    final BatchPolicy policy;
    final BatchWindows<FakeItem> windows;
    final ManualTicker ticker = new ManualTicker();
    final List<QueuedItem<FakeItem>> waiting = new ArrayList<>();
    final Map<QueuedItem<FakeItem>, Long> batchesBefore = new HashMap<>();
    final Map<QueuedItem<FakeItem>, Integer> ends = new HashMap<>();
    long batches;
    int arrived;

    Simulation(BatchPolicy policy) {
      this.policy = policy;
      this.windows = new BatchWindows<>(policy);
    }

    void apply(Event event) {
      if (event instanceof Arrive arrive) {
        arrive(new FakeItem("item", arrive.rows(), arrive.length()));
      } else if (event instanceof Cancel cancel && !waiting.isEmpty()) {
        QueuedItem<FakeItem> item = waiting.remove(cancel.which() % waiting.size());
        assertThat(windows.remove(item)).isTrue();
        ends.merge(item, 1, Integer::sum);
      } else if (event instanceof Pause pause) {
        ticker.advance(Duration.ofNanos(pause.nanos()));
      } else if (event instanceof Work) {
        work();
      }
      assertThat(windows.size()).isEqualTo(waiting.size());
    }

    void drain() {
      while (!waiting.isEmpty()) {
        ticker.advance(Duration.ofNanos(MAX_DELAY));
        int before = waiting.size();
        work();
        assertThat(waiting).hasSizeLessThan(before);
      }
    }

    private void arrive(FakeItem item) {
      QueuedItem<FakeItem> queued = new QueuedItem<>(item, ticker.getAsLong());
      windows.add(queued);
      waiting.add(queued);
      batchesBefore.put(queued, batches);
      arrived++;
    }

    private void work() {
      BatchDecision decision = windows.decide(ticker.getAsLong());
      if (decision instanceof Idle) {
        assertThat(waiting).isEmpty();
      } else if (decision instanceof WaitUntil wait) {
        assertThat(policy.minDelayNanos()).isPositive();
        assertThat(wait.nanos() - ticker.getAsLong()).isBetween(1L, policy.minDelayNanos());
      } else if (decision instanceof Take take) {
        check(windows.take(take));
      }
    }

    private void check(List<QueuedItem<FakeItem>> batch) {
      QueuedItem<FakeItem> oldest = waiting.get(0);
      if (batches - batchesBefore.getOrDefault(oldest, 0L) >= policy.starvationBound()) {
        assertThat(batch).as("the oldest item after the bound").contains(oldest);
      }
      assertThat(batch).isNotEmpty().isSubsetOf(waiting);
      assertThat(batch.stream().map(item -> policy.bucketOf(item.length())).distinct()).hasSize(1);
      int rows = batch.stream().mapToInt(QueuedItem::rows).sum();
      int longest = batch.stream().mapToInt(QueuedItem::length).max().orElseThrow();
      assertThat(batch.size() == 1 || policy.fits(rows, longest)).isTrue();
      waiting.removeAll(batch);
      batch.forEach(item -> ends.merge(item, 1, Integer::sum));
      batches++;
    }
  }
}
