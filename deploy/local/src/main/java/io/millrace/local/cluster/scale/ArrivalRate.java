package io.millrace.local.cluster.scale;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How many jobs come a second, over the last seconds. */
final class ArrivalRate {

  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  /** A shorter time says nothing. */
  private static final long LEAST_NANOS = Duration.ofSeconds(2).toNanos();

  private final Deque<Sample> window = new ArrayDeque<>();

  private record Sample(long nanos, long accepted) {}

  /**
   * Takes a measurement.
   *
   * @param accepted jobs so far
   */
  void observe(long accepted, long nanos) {
    window.addLast(new Sample(nanos, accepted));
    while (window.size() > 2 && nanos - window.getFirst().nanos() > WINDOW_NANOS) {
      window.removeFirst();
    }
  }

  /** Empty before enough was seen. */
  OptionalDouble perSecond() {
    if (window.isEmpty()) {
      return OptionalDouble.empty();
    }
    Sample first = window.getFirst();
    Sample last = window.getLast();
    long nanos = last.nanos() - first.nanos();
    return nanos < LEAST_NANOS
        ? OptionalDouble.empty()
        : OptionalDouble.of((last.accepted() - first.accepted()) * 1e9 / nanos);
  }
}
