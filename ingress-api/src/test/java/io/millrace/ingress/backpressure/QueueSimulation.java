package io.millrace.ingress.backpressure;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * A queue between random arrivals and a server of varying speed, measured now and then; in steps of
 * ten milliseconds.
 */
final class QueueSimulation {

  private static final Duration STEP = Duration.ofMillis(10);
  private static final int STEPS_A_MEASUREMENT = 25;
  private static final int STEPS_A_SPEED = 50;

  private final Random random;
  private final double capacity;
  private final double noise;
  private final QueueDepth depth;
  private long nanos;
  private long accepted;
  private long finished;
  private double budget;
  private double speed;
  private long step;
  private long refused;
  private long deepest;
  private Duration shortestRetry = Duration.ofDays(1);
  private Duration longestRetry = Duration.ZERO;

  /**
   * @param capacity jobs a second on average
   * @param noise how much faster or slower than that it is at times, as a part of it
   */
  QueueSimulation(QueueLimits limits, double capacity, double noise, long seed) {
    this.random = new Random(seed);
    this.capacity = capacity;
    this.noise = noise;
    this.depth = new QueueDepth(limits, () -> nanos, random::nextDouble);
  }

  /** Goes on for a while with so many arrivals a second. */
  void run(Duration time, double arrivals) {
    for (long i = 0; i < time.dividedBy(STEP); i++) {
      arrive(poisson(arrivals * STEP.toNanos() / 1e9));
      serve();
      nanos += STEP.toNanos();
      if (++step % STEPS_A_MEASUREMENT == 0) {
        depth.measured(new QueueReading(accepted, finished, true), depth.admitted());
      }
    }
  }

  private void arrive(int jobs) {
    for (int i = 0; i < jobs; i++) {
      Optional<QueueDepth.Refusal> refusal = depth.admit(1);
      if (refusal.isEmpty()) {
        accepted++;
      } else {
        refused++;
        Duration retry = refusal.get().retryAfter();
        shortestRetry = retry.compareTo(shortestRetry) < 0 ? retry : shortestRetry;
        longestRetry = retry.compareTo(longestRetry) > 0 ? retry : longestRetry;
      }
    }
    deepest = Math.max(deepest, accepted - finished);
  }

  private void serve() {
    if (step % STEPS_A_SPEED == 0) {
      speed = capacity * (1 + noise * (2 * random.nextDouble() - 1));
    }
    budget += speed * STEP.toNanos() / 1e9;
    long done = Math.min((long) budget, accepted - finished);
    finished += done;
    budget = accepted == finished ? 0 : budget - done;
  }

  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit || count < 0; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  long closings() {
    return depth.closings();
  }

  boolean open() {
    return depth.open();
  }

  long refused() {
    return refused;
  }

  long finished() {
    return finished;
  }

  /** The most jobs that ever waited. */
  long deepest() {
    return deepest;
  }

  Duration shortestRetry() {
    return shortestRetry;
  }

  Duration longestRetry() {
    return longestRetry;
  }
}
