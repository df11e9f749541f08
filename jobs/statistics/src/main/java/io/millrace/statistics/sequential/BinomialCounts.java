package io.millrace.statistics.sequential;

/**
 * How many of the observations were bad events.
 *
 * @param observations 0 or more
 * @param events 0 to {@code observations}
 */
public record BinomialCounts(long observations, long events) {

  public static final BinomialCounts NONE = new BinomialCounts(0, 0);

  public BinomialCounts {
    if (events < 0 || events > observations) {
      throw new IllegalArgumentException(
          "Expected 0 to %d events, found %d".formatted(observations, events));
    }
  }

  /** With one observation more. */
  public BinomialCounts plus(boolean event) {
    return new BinomialCounts(observations + 1, events + (event ? 1 : 0));
  }

  public BinomialCounts plus(BinomialCounts other) {
    return new BinomialCounts(observations + other.observations, events + other.events);
  }

  /** Of the observations; NaN without any. */
  public double share() {
    return (double) events / observations;
  }

  /**
   * Of the share, with half an event and half a non-event added (the Krichevsky-Trofimov estimate):
   * a share of 0 or 1 would otherwise have no variance at all, and decide at once. Infinite without
   * observations.
   */
  public double variance() {
    double smoothed = (events + 0.5) / (observations + 1);
    return smoothed * (1 - smoothed) / observations;
  }
}
