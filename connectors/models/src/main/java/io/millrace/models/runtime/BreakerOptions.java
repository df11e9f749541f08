package io.millrace.models.runtime;

import java.time.Duration;

/**
 * When a version that fails is no longer called, and when it is tried again. What counts as a
 * failure of the version, and what as one of an item, is said at {@link BatchExecutor}. Names are
 * Resilience4j's.
 *
 * @param consecutiveFailures failed calls without one that answered in between that open the
 *     breaker
 * @param failureRateThreshold percent of failed calls among the last ones that opens it, above 0 to
 *     100
 * @param slidingWindowSize calls that the rate is taken of
 * @param minimumNumberOfCalls calls before the rate is looked at, at most the window
 * @param waitDurationInOpenState how long an open breaker refuses all calls
 * @param permittedNumberOfCallsInHalfOpenState calls that then find out whether it closes or opens
 *     again
 */
public record BreakerOptions(
    int consecutiveFailures,
    float failureRateThreshold,
    int slidingWindowSize,
    int minimumNumberOfCalls,
    Duration waitDurationInOpenState,
    int permittedNumberOfCallsInHalfOpenState) {

  /**
   * @throws IllegalArgumentException names the field, what it is and what was expected
   */
  public BreakerOptions {
    Bounds.requireBetween("consecutiveFailures", consecutiveFailures, 1, 1_000_000);
    if (!(failureRateThreshold > 0 && failureRateThreshold <= 100)) {
      throw new IllegalArgumentException(
          "failureRateThreshold is %s, expected above 0 to 100 percent"
              .formatted(failureRateThreshold));
    }
    Bounds.requireBetween("slidingWindowSize", slidingWindowSize, 1, 100_000);
    Bounds.requireBetween("minimumNumberOfCalls", minimumNumberOfCalls, 1, slidingWindowSize);
    Bounds.requireBetween(
        "waitDurationInOpenState",
        waitDurationInOpenState,
        Duration.ofMillis(1),
        Duration.ofHours(1));
    Bounds.requireBetween(
        "permittedNumberOfCallsInHalfOpenState", permittedNumberOfCallsInHalfOpenState, 1, 1_000);
  }

  /** Opens after 5 failures in a row, or half of the last 100 calls, for 10 s; then 3 probes. */
  public static BreakerOptions defaults() {
    return new BreakerOptions(5, 50, 100, 20, Duration.ofSeconds(10), 3);
  }
}
