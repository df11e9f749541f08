package io.millrace.models.runtime;

import java.time.Duration;

/**
 * How a runtime batches items and guards model calls.
 *
 * @param workersPerVersion threads that run batches of one version, each one batch at a time
 * @param minBatchDelay how long a free worker leaves a window that is not full, counted from its
 *     oldest item. 0 is work-conserving: a free worker takes what is there at once, and batches
 *     fill only while all workers are busy, which is best on a CPU. Above 0 for devices that want
 *     full batches
 * @param maxBatchDelay the age of the oldest item from which windows that are not full go by age
 *     and no longer by how full they are. It makes nobody wait; with every worker busy it is no
 *     promise
 * @param starvationBound batches that may start after an item came before the oldest item is
 *     preferred even to full windows. In a simulation of a saturated CPU model (64 to 1,000 items
 *     in flight) a bound of 1 to 64 changed throughput by less than 1%, but 64 made the 99th
 *     percentile of the latency 30% worse than 16
 * @param maxQueuedItems items of one version that may wait; more are rejected
 * @param callTimeout the time of a model call, after which it is stopped
 * @param stopGrace how long a stopped call may take to return before its thread is given up and
 *     replaced
 * @param maxAbandonedCalls calls of one version that were given up and have not returned; with more
 *     of them threads are no longer replaced, so that a model that never returns cannot use up the
 *     process
 * @param loadRetryPause how long a failed load is answered from memory before it is tried again
 * @param unloadAfter how long a version that nobody holds is kept without anything to do; its
 *     memory is freed up to a second later
 * @param breaker when a version that fails is no longer called
 */
public record RuntimeOptions(
    int workersPerVersion,
    Duration minBatchDelay,
    Duration maxBatchDelay,
    int starvationBound,
    int maxQueuedItems,
    Duration callTimeout,
    Duration stopGrace,
    int maxAbandonedCalls,
    Duration loadRetryPause,
    Duration unloadAfter,
    BreakerOptions breaker) {

  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException names the field, what it is and what was expected
   */
  public RuntimeOptions {
    Bounds.requireBetween("workersPerVersion", workersPerVersion, 1, 1_024);
    Bounds.requireBetween("minBatchDelay", minBatchDelay, Duration.ZERO, LONGEST);
    Bounds.requireBetween("maxBatchDelay", maxBatchDelay, minBatchDelay, LONGEST);
    Bounds.requireBetween("starvationBound", starvationBound, 1, 1_000_000);
    Bounds.requireBetween("maxQueuedItems", maxQueuedItems, 1, 10_000_000);
    Bounds.requireBetween("callTimeout", callTimeout, Duration.ofMillis(1), LONGEST);
    Bounds.requireBetween("stopGrace", stopGrace, Duration.ZERO, LONGEST);
    Bounds.requireBetween("maxAbandonedCalls", maxAbandonedCalls, 0, 10_000);
    Bounds.requireBetween("loadRetryPause", loadRetryPause, Duration.ZERO, LONGEST);
    Bounds.requireBetween("unloadAfter", unloadAfter, Duration.ofMillis(1), Duration.ofDays(1));
  }

  /** Work-conserving, one worker a processor, 10 s a call. */
  public static RuntimeOptions defaults() {
    return new RuntimeOptions(
        Runtime.getRuntime().availableProcessors(),
        Duration.ZERO,
        Duration.ofMillis(5),
        16,
        10_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        16,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        BreakerOptions.defaults());
  }
}
