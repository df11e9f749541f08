package io.millrace.inference.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.infer.RequestPath.Event;
import io.millrace.inference.infer.RequestPath.Kind;
import io.millrace.schemas.avro.ResultStatus;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Deduplication and the inference service under random interleavings of submissions, duplicates,
 * cancellations, failures, timeouts, losses of the cache, checkpoints and crashes.
 */
class RequestPathPropertyTest {

  @Property(tries = 1_000)
  void eachJobEndsOnceAndNothingIsLeftBehind(@ForAll("events") List<Event> events)
      throws Exception {
    RequestPath path = new RequestPath();
    for (Event event : events) {
      path.happen(event);
      assertThat(path.unwantedItems()).as("items that nobody wants, after %s", event).isEmpty();
      assertThat(path.itemsInTheQueueTwice()).as("the same work twice, after %s", event).isEmpty();
    }

    path.finish();

    assertThat(path.committedJobs())
        .as("one terminal result each")
        .containsExactlyInAnyOrderElementsOf(path.submittedJobs());
    assertThat(path.wrongResults()).isEmpty();
    assertThat(path.cachedFailures()).isEmpty();
    assertThat(path.waitersLeftBehind()).isZero();
    collect(path);
  }

  /** A property about cancellations says nothing when none ever happens. */
  private static void collect(RequestPath path) {
    for (ResultStatus status : ResultStatus.values()) {
      Statistics.label(status.name())
          .collect(path.committed(status) > 0)
          .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    }
    path.origins()
        .forEach(
            (origin, seen) ->
                Statistics.label("origin " + origin)
                    .collect(seen)
                    .coverage(coverage -> coverage.check(true).percentage(share -> share > 0.5)));
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(10, Kind.SUBMIT),
            Tuple.of(3, Kind.DUPLICATE),
            Tuple.of(2, Kind.CANCEL),
            Tuple.of(1, Kind.CANCEL_BEFORE),
            Tuple.of(8, Kind.PREPARE),
            Tuple.of(6, Kind.START),
            Tuple.of(5, Kind.ANSWER),
            Tuple.of(4, Kind.FAIL),
            Tuple.of(3, Kind.TIME_PASSES),
            Tuple.of(1, Kind.STEP_TIMES_OUT),
            Tuple.of(2, Kind.MODEL_IS_DOWN),
            Tuple.of(3, Kind.ANSWERS_EXPIRE),
            Tuple.of(1, Kind.CACHE_IS_LOST),
            Tuple.of(2, Kind.CHECKPOINT),
            Tuple.of(1, Kind.CRASH));
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 10_000))
        .as(Event::new)
        .list()
        .ofMinSize(40)
        .ofMaxSize(200);
  }
}
