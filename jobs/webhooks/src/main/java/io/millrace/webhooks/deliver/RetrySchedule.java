package io.millrace.webhooks.deliver;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When failed deliveries are tried again.
 *
 * @param delays before the second attempt, the third and so on; after the last one it is given up
 * @param jitter by how much of itself a delay may grow, at random, so that what failed together
 *     does not come back together; 0.1 for 10%
 */
public record RetrySchedule(List<Duration> delays, double jitter) implements Serializable {

  public RetrySchedule {
    delays = List.copyOf(delays);
  }

  /**
   * The time until the next attempt; empty when there is none.
   *
   * @param failed attempts so far, at least 1
   * @param least the endpoint's own wish
   */
  Optional<Duration> delayAfter(int failed, Duration least, RandomGenerator random) {
    if (failed > delays.size()) {
      return Optional.empty();
    }
    Duration delay = delays.get(failed - 1);
    long growth = (long) (delay.toMillis() * jitter * random.nextDouble());
    Duration jittered = delay.plusMillis(growth);
    return Optional.of(jittered.compareTo(least) < 0 ? least : jittered);
  }

  /** How long a delivery takes at most to use up its attempts. */
  Duration longest() {
    Duration sum = delays.stream().reduce(Duration.ZERO, Duration::plus);
    return sum.plusMillis((long) (sum.toMillis() * jitter));
  }
}
