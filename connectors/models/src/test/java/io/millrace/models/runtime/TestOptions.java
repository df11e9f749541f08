package io.millrace.models.runtime;

import java.time.Duration;

/** Options for tests: the defaults but for what a test is about. */
record TestOptions(
    int workers,
    Duration callTimeout,
    Duration stopGrace,
    int maxAbandonedCalls,
    BreakerOptions breaker,
    Duration unloadAfter) {

  /** A breaker for tests that are not about it: it takes thousands of failures to open. */
  static final BreakerOptions NEVER_OPEN =
      new BreakerOptions(1_000_000, 100, 10_000, 10_000, Duration.ofSeconds(10), 3);

  /** Two workers whose calls never run out of time, and may all fail. */
  static TestOptions patient() {
    return new TestOptions(
        2, Duration.ofMinutes(1), Duration.ofSeconds(5), 16, NEVER_OPEN, Duration.ofHours(12));
  }

  TestOptions withWorkers(int newWorkers) {
    return new TestOptions(
        newWorkers, callTimeout, stopGrace, maxAbandonedCalls, breaker, unloadAfter);
  }

  TestOptions withCallTimeout(Duration newTimeout) {
    return new TestOptions(workers, newTimeout, stopGrace, maxAbandonedCalls, breaker, unloadAfter);
  }

  TestOptions withStopGrace(Duration newGrace) {
    return new TestOptions(workers, callTimeout, newGrace, maxAbandonedCalls, breaker, unloadAfter);
  }

  TestOptions withMaxAbandonedCalls(int newLimit) {
    return new TestOptions(workers, callTimeout, stopGrace, newLimit, breaker, unloadAfter);
  }

  TestOptions withBreaker(BreakerOptions newBreaker) {
    return new TestOptions(
        workers, callTimeout, stopGrace, maxAbandonedCalls, newBreaker, unloadAfter);
  }

  TestOptions withUnloadAfter(Duration newTime) {
    return new TestOptions(workers, callTimeout, stopGrace, maxAbandonedCalls, breaker, newTime);
  }

  RuntimeOptions options() {
    return new RuntimeOptions(
        workers,
        Duration.ZERO,
        Duration.ofMillis(5),
        32,
        1_000,
        callTimeout,
        stopGrace,
        maxAbandonedCalls,
        Duration.ofSeconds(10),
        unloadAfter,
        breaker);
  }
}
