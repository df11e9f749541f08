package io.millrace.local.cluster;

import java.time.Duration;

/**
 * How long a part that ended waits before it is started again: not at all when it ran well before,
 * as it did when it was killed; longer each time when it does not stay up.
 */
final class RestartBackoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** A part that ran this long had started. */
  private static final Duration STAYED = Duration.ofSeconds(10);

  private Duration next = Duration.ZERO;

  /**
   * The pause.
   *
   * @param ran how long the process that ended had run
   */
  Duration after(Duration ran) {
    if (ran.compareTo(STAYED) >= 0) {
      next = Duration.ZERO;
    }
    Duration pause = next;
    Duration doubled = next.isZero() ? FIRST : next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }
}
