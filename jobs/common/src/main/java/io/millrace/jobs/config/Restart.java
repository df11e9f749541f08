package io.millrace.jobs.config;

import static io.millrace.jobs.config.Checks.positive;
import static io.millrace.jobs.config.Checks.require;

import java.time.Duration;

/**
 * What happens when the job fails: it starts again after a pause that grows, for ever.
 *
 * @param initialBackoff the first pause
 * @param maxBackoff the longest pause
 * @param resetAfter trouble-free time after which the pause is the first one again
 */
public record Restart(Duration initialBackoff, Duration maxBackoff, Duration resetAfter) {
  public Restart {
    require(positive(initialBackoff), "restart.initial-backoff", "more than 0", initialBackoff);
    require(
        maxBackoff.compareTo(initialBackoff) >= 0,
        "restart.max-backoff",
        "at least restart.initial-backoff",
        maxBackoff);
    require(
        resetAfter.compareTo(maxBackoff) >= 0,
        "restart.reset-after",
        "at least restart.max-backoff",
        resetAfter);
  }
}
