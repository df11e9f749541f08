package io.millrace.models.runtime;

import java.time.Duration;

/**
 * What a model call of a version takes, as a line: a part that every call costs, and one for each
 * token. On a processor that is how encoders behave from a single short text to a full batch.
 *
 * @param baseSeconds of every call, at least 0
 * @param secondsPerToken of each token as it runs, with padding; at least 0
 */
public record CallCost(double baseSeconds, double secondsPerToken) {

  private static final double NANOS = 1e9;

  /**
   * The seconds of a call.
   *
   * @param paddedTokens rows times the longest row
   */
  public double seconds(long paddedTokens) {
    return baseSeconds + secondsPerToken * paddedTokens;
  }

  /** The time of a call. */
  Duration time(long paddedTokens) {
    return Duration.ofNanos(Math.round(seconds(paddedTokens) * NANOS));
  }
}
