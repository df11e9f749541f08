package io.millrace.models.runtime;

import java.time.Duration;

/** Options for tests: the defaults but for what a test is about. */
record TestOptions(int workers, Duration callTimeout, Duration stopGrace, int maxAbandonedCalls) {

  /** Two workers whose calls never run out of time. */
  static TestOptions patient() {
    return new TestOptions(2, Duration.ofMinutes(1), Duration.ofSeconds(5), 16);
  }

  TestOptions withWorkers(int newWorkers) {
    return new TestOptions(newWorkers, callTimeout, stopGrace, maxAbandonedCalls);
  }

  TestOptions withCallTimeout(Duration newTimeout) {
    return new TestOptions(workers, newTimeout, stopGrace, maxAbandonedCalls);
  }

  TestOptions withStopGrace(Duration newGrace) {
    return new TestOptions(workers, callTimeout, newGrace, maxAbandonedCalls);
  }

  TestOptions withMaxAbandonedCalls(int newLimit) {
    return new TestOptions(workers, callTimeout, stopGrace, newLimit);
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
        Duration.ofSeconds(10));
  }
}
