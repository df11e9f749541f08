package io.millrace.local.bench.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** How fast a queue was drained, from the times at which its jobs were completed. */
final class DrainRate {

  /** The first quarter warms up what is cold, and does not count. */
  static final double WARM_UP = 0.25;

  private DrainRate() {}

  /**
   * Jobs a second after the first quarter of them.
   *
   * @param completions at least eight, of which not all after the first quarter at the same time
   * @param filledAt when the queue was full: what was completed before does not count either
   */
  static double perSecond(Collection<Instant> completions, Instant filledAt) {
    List<Instant> sorted = completions.stream().sorted().toList();
    int from = (int) (sorted.size() * WARM_UP);
    while (from < sorted.size() - 1 && sorted.get(from).isBefore(filledAt)) {
      from++;
    }
    if (sorted.size() < 8) {
      throw nothing(sorted.size(), Duration.ZERO);
    }
    Duration time = Duration.between(sorted.get(from), sorted.get(sorted.size() - 1));
    if (time.isZero()) {
      throw nothing(sorted.size(), time);
    }
    return (sorted.size() - 1 - from) / (time.toNanos() / 1e9);
  }

  private static IllegalArgumentException nothing(int completions, Duration time) {
    return new IllegalArgumentException(
        "%d completions, %s of them after the queue was full, say nothing; ask for more requests"
            .formatted(completions, time));
  }
}
