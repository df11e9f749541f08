package io.millrace.cache;

/**
 * How a bucket fills.
 *
 * @param perSecond tokens that come back in a second, evenly; above 0
 * @param capacity the most tokens that it holds; at least 1
 */
public record TokenLimit(double perSecond, long capacity) {
  public TokenLimit {
    if (!(perSecond > 0) || capacity < 1) {
      throw new IllegalArgumentException(
          "Expected more than 0 a second and a capacity of 1 or more, found %s and %d"
              .formatted(perSecond, capacity));
    }
  }
}
