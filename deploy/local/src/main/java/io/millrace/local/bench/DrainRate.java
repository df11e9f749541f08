package io.millrace.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** How fast a queue was drained, from the times at which its jobs were completed. */
final class DrainRate {

  /** The first quarter warms up what is cold, and does not count. */
  private static final double WARM_UP = 0.25;

  private DrainRate() {}

  /**
   * Jobs a second after the first quarter of them.
   *
   * @param completions at least eight, of which not all after the first quarter at the same time
   */
  static double perSecond(Collection<Instant> completions) {
    List<Instant> sorted = completions.stream().sorted().toList();
    int from = (int) (sorted.size() * WARM_UP);
    Duration time = Duration.between(sorted.get(from), sorted.get(sorted.size() - 1));
    if (sorted.size() < 8 || time.isZero()) {
      throw new IllegalArgumentException(
          "%d completions within %s say nothing".formatted(sorted.size(), time));
    }
    return (sorted.size() - 1 - from) / (time.toNanos() / 1e9);
  }
}
