package io.millrace.ingress.backpressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class QueueSimulationPropertyTest {

  private static final QueueLimits LIMITS = new QueueLimits(2_000, Duration.ofSeconds(20), 0.75);
  private static final Duration LOAD = Duration.ofMinutes(3);

  @Property(tries = 40)
  @Label("under overload the queue is bounded, the job is busy, and the gate does not flap")
  void overload(
      @ForAll @DoubleRange(min = 5, max = 400) double capacity,
      @ForAll @DoubleRange(min = 1.5, max = 8) double factor,
      @ForAll @DoubleRange(min = 0, max = 0.5) double noise,
      @ForAll long seed) {
    QueueSimulation queue = new QueueSimulation(LIMITS, capacity, noise, seed);

    queue.run(LOAD, factor * capacity);

    double seconds = LOAD.toSeconds();
    assertThat(queue.deepest()).isLessThanOrEqualTo(LIMITS.maxDepth());
    assertThat(queue.finished()).isGreaterThan((long) (0.8 * capacity * seconds));
    // Between two closings a quarter of what the limits allow has drained.
    double allowed = Math.min((double) LIMITS.maxDepth(), LIMITS.maxWait().toSeconds() * capacity);
    double drainSeconds = 0.25 * allowed / capacity;
    assertThat(queue.closings()).isLessThanOrEqualTo((long) (2 * seconds / drainSeconds) + 1);
    if (queue.refused() > 0) {
      assertThat(queue.shortestRetry()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
      assertThat(queue.longestRetry()).isLessThanOrEqualTo(Duration.ofSeconds(60));
    }
  }

  @Property(tries = 40)
  @Label("a load that the job can bear is never refused")
  void bearable(
      @ForAll @DoubleRange(min = 5, max = 400) double capacity,
      @ForAll @DoubleRange(min = 0.05, max = 0.8) double factor,
      @ForAll @DoubleRange(min = 0, max = 0.3) double noise,
      @ForAll long seed) {
    QueueSimulation queue = new QueueSimulation(LIMITS, capacity, noise, seed);

    queue.run(LOAD, factor * capacity);

    assertThat(queue.refused()).isZero();
  }

  @Property(tries = 20)
  @Label("after an overload all jobs are taken in again")
  void recovery(
      @ForAll @DoubleRange(min = 20, max = 400) double capacity,
      @ForAll @DoubleRange(min = 0, max = 0.3) double noise,
      @ForAll long seed) {
    QueueSimulation queue = new QueueSimulation(LIMITS, capacity, noise, seed);
    queue.run(Duration.ofMinutes(1), 5 * capacity);
    assertThat(queue.refused()).isPositive();
    queue.run(Duration.ofSeconds(30), 0);
    long before = queue.refused();

    queue.run(LOAD, capacity / 2);

    assertThat(queue.open()).isTrue();
    assertThat(queue.refused()).isEqualTo(before);
  }
}
