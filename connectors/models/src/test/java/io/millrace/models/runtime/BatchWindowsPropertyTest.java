package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.BatchDecision.Idle;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
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

/** Random arrivals, cancels, raises, pauses and free workers against the windows. */
class BatchWindowsPropertyTest {

  private static final long MAX_DELAY = 5_000;

  /** Something that happens to the windows. */
  sealed interface Event {}

  record Arrive(int rows, int length, Priority priority) implements Event {}

  record Cancel(int which) implements Event {}

  record Raise(int which, Priority priority) implements Event {}

  record Pause(int nanos) implements Event {}

  record Work() implements Event {}

  @Provide
  Arbitrary<List<Event>> events() {
    return events(Arbitraries.of(Priority.class));
  }

  @Provide
  Arbitrary<List<Event>> eventsOfOneClass() {
    return events(Arbitraries.just(Priority.NORMAL));
  }

  private static Arbitrary<List<Event>> events(Arbitrary<Priority> priorities) {
    Arbitrary<Event> arrive =
        Combinators.combine(
                Arbitraries.frequency(Tuple.of(9, 1), Tuple.of(1, 7)),
                Arbitraries.integers().between(0, 40),
                priorities)
            .as(Arrive::new);
    Arbitrary<Event> cancel = Arbitraries.integers().between(0, 30).map(Cancel::new);
    Arbitrary<Event> raise =
        Combinators.combine(Arbitraries.integers().between(0, 30), priorities).as(Raise::new);
    Arbitrary<Event> pause = Arbitraries.integers().between(1, 4_000).map(Pause::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, arrive),
            Tuple.of(1, cancel),
            Tuple.of(1, raise),
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

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void itemsOfOneClassAreServedAsIfThereWereNoOther(
      @ForAll("eventsOfOneClass") List<Event> events, @ForAll("policies") BatchPolicy policy) {
    // Given
    BatchLimit limit = new BatchLimit(policy);
    BatchWindows<FakeItem> windows = new BatchWindows<>(policy, limit);
    ClassWindows<FakeItem> alone = new ClassWindows<>(Priority.NORMAL, policy, limit);
    List<QueuedItem<FakeItem>> items = new ArrayList<>();
    List<QueuedItem<FakeItem>> twins = new ArrayList<>();
    ManualTicker ticker = new ManualTicker();

    for (Event event : events) {
      if (event instanceof Arrive arrive) {
        FakeItem item = new FakeItem("item", arrive.rows(), arrive.length());
        items.add(queued(item, Priority.NORMAL, ticker));
        twins.add(queued(item, Priority.NORMAL, ticker));
        windows.add(items.get(items.size() - 1));
        alone.add(twins.get(twins.size() - 1));
      } else if (event instanceof Cancel cancel && !items.isEmpty()) {
        int which = cancel.which() % items.size();
        if (windows.remove(items.get(which))) {
          alone.remove(twins.get(which));
        }
      } else if (event instanceof Pause pause) {
        ticker.advance(Duration.ofNanos(pause.nanos()));
      } else if (event instanceof Work) {
        // When
        BatchDecision decision = windows.decide(ticker.getAsLong());

        // Then
        assertThat(decision).isEqualTo(alone.decide(ticker.getAsLong()));
        if (decision instanceof Take take) {
          BatchDraft<FakeItem> expected = new BatchDraft<>(limit);
          alone.served();
          alone.fill(expected, take.bucket());
          assertThat(windows.take(take).stream().map(items::indexOf).toList())
              .isEqualTo(expected.items().stream().map(twins::indexOf).toList());
        }
      }
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void noClassStarves(
      @ForAll("events") List<Event> events, @ForAll("policies") BatchPolicy policy) {
    // Given: an item of the lowest class, and from then on more high ones than a batch holds
    BatchWindows<FakeItem> windows = new BatchWindows<>(policy, new BatchLimit(policy));
    ManualTicker ticker = new ManualTicker();
    QueuedItem<FakeItem> low = queued(FakeItem.ofLength(41), Priority.LOW, ticker);
    windows.add(low);
    int batches = 0;

    // When
    while (!low.taken) {
      for (Event event : events) {
        if (event instanceof Arrive arrive && arrive.priority() != Priority.LOW) {
          windows.add(
              queued(
                  new FakeItem("item", arrive.rows(), arrive.length()), arrive.priority(), ticker));
        }
      }
      windows.add(queued(FakeItem.ofLength(8), Priority.HIGH, ticker));
      ticker.advance(Duration.ofNanos(MAX_DELAY));
      windows.take((Take) windows.decide(ticker.getAsLong()));
      batches++;
    }

    // Then
    assertThat(batches).isLessThanOrEqualTo(9);
  }

  private static QueuedItem<FakeItem> queued(
      FakeItem item, Priority priority, ManualTicker ticker) {
    return new QueuedItem<>(item, priority, ticker.getAsLong());
  }

  /** The windows beside a plain list of what must be in them. */
  private static final class Simulation {

    final BatchPolicy policy;
    final BatchWindows<FakeItem> windows;
    final ManualTicker ticker = new ManualTicker();
    final List<QueuedItem<FakeItem>> waiting = new ArrayList<>();
    final Map<QueuedItem<FakeItem>, Long> batchesBefore = new HashMap<>();
    final Map<QueuedItem<FakeItem>, Integer> ends = new HashMap<>();
    final Map<Priority, Long> batches = new EnumMap<>(Priority.class);
    final BatchLimit limit;
    int arrived;

    Simulation(BatchPolicy policy) {
      this.policy = policy;
      this.limit = new BatchLimit(policy);
      this.windows = new BatchWindows<>(policy, limit);
    }

    void apply(Event event) {
      if (event instanceof Arrive arrive) {
        FakeItem item = new FakeItem("item", arrive.rows(), arrive.length());
        QueuedItem<FakeItem> queued = queued(item, arrive.priority(), ticker);
        windows.add(queued);
        joined(queued);
        arrived++;
      } else if (event instanceof Raise raise && !waiting.isEmpty()) {
        raise(waiting.get(raise.which() % waiting.size()), raise.priority());
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

    private void raise(QueuedItem<FakeItem> item, Priority priority) {
      Priority before = item.priority;
      boolean higher = priority.compareTo(before) < 0;
      assertThat(windows.raise(item, priority)).isEqualTo(higher);
      assertThat(item.priority).isEqualTo(higher ? priority : before);
      if (higher) {
        waiting.remove(item);
        joined(item);
      }
    }

    /** An item is the last of its class. */
    private void joined(QueuedItem<FakeItem> item) {
      waiting.add(item);
      batchesBefore.put(item, batchesOf(item.priority));
    }

    private long batchesOf(Priority priority) {
      return batches.getOrDefault(priority, 0L);
    }

    private void work() {
      BatchDecision decision = windows.decide(ticker.getAsLong());
      if (decision instanceof Idle) {
        assertThat(waiting).isEmpty();
      } else if (decision instanceof WaitUntil wait) {
        assertThat(policy.minDelayNanos()).isPositive();
        assertThat(wait.nanos() - ticker.getAsLong()).isBetween(1L, policy.minDelayNanos());
      } else if (decision instanceof Take take) {
        check(take, windows.take(take));
      }
    }

    private void check(Take take, List<QueuedItem<FakeItem>> batch) {
      QueuedItem<FakeItem> oldest =
          waiting.stream()
              .filter(item -> item.priority == take.priority())
              .findFirst()
              .orElseThrow();
      long seen = batchesOf(take.priority()) - batchesBefore.getOrDefault(oldest, 0L);
      if (seen >= policy.starvationBound()) {
        assertThat(batch).as("the oldest item after the bound").contains(oldest);
      }
      assertThat(batch).isNotEmpty().isSubsetOf(waiting);
      assertThat(batch.stream().map(item -> policy.bucketOf(item.length())).distinct()).hasSize(1);
      int rows = batch.stream().mapToInt(QueuedItem::rows).sum();
      int longest = batch.stream().mapToInt(QueuedItem::length).max().orElseThrow();
      assertThat(batch.size() == 1 || limit.fits(rows, longest)).isTrue();
      waiting.removeAll(batch);
      batch.forEach(item -> ends.merge(item, 1, Integer::sum));
      batches.merge(take.priority(), 1L, Long::sum);
    }
  }
}
