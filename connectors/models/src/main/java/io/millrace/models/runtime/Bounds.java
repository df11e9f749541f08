package io.millrace.models.runtime;

import java.time.Duration;

/** Checks options against their bounds. */
final class Bounds {

  private Bounds() {}

  /**
   * @throws IllegalArgumentException names the field, what it is and what was expected
   */
  static void requireBetween(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d to %d".formatted(field, value, least, most));
    }
  }

  /**
   * @throws IllegalArgumentException names the field, what it is and what was expected
   */
  static void requireBetween(String field, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s to %s".formatted(field, value, least, most));
    }
  }
}
