package io.millrace.ingress.access;

/**
 * How much a tenant may submit: a bucket of so many tokens, one a job, that fills evenly.
 *
 * @param requestsPerSecond tokens that come back in a second
 * @param burst the most tokens that there are at once
 */
public record Quota(double requestsPerSecond, long burst) {

  private static final double LEAST_RATE = 0.001;
  private static final double MOST_RATE = 1_000_000;
  private static final long MOST_BURST = 10_000_000;

  /**
   * @throws IllegalArgumentException when a value is out of its range; says which and the range
   */
  public Quota {
    if (!(requestsPerSecond >= LEAST_RATE && requestsPerSecond <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "requests_per_second: expected a number from 0.001 to 1000000, found "
              + requestsPerSecond);
    }
    if (burst < 1 || burst > MOST_BURST) {
      throw new IllegalArgumentException(
          "burst: expected a number from 1 to 10000000, found " + burst);
    }
  }

  /** With a burst of what comes back in a second. */
  public static Quota of(double requestsPerSecond) {
    return new Quota(requestsPerSecond, Math.max(1, (long) Math.ceil(requestsPerSecond)));
  }
}
