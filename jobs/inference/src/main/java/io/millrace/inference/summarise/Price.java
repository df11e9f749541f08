package io.millrace.inference.summarise;

import org.jspecify.annotations.Nullable;

/**
 * What an hour of computing costs, in the operator's currency.
 *
 * @param asOf time of the request that it counted for, milliseconds since the epoch
 */
public record Price(double perHour, long asOf) {

  /** The later one; of two of one time the higher, so that the order does not matter. */
  public static @Nullable Price latest(@Nullable Price one, @Nullable Price other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    if (one.asOf != other.asOf) {
      return one.asOf > other.asOf ? one : other;
    }
    return one.perHour >= other.perHour ? one : other;
  }
}
