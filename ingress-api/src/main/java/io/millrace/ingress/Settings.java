package io.millrace.ingress;

import java.time.Duration;

/** Checks of configuration values; a refusal names the key, the range and the value. */
final class Settings {

  private Settings() {}

  static void between(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: expected a number from %d to %d, found %d".formatted(key, least, most, value));
    }
  }

  static void between(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s: expected a duration from %s to %s, found %s"
              .formatted(key, text(least), text(most), text(value)));
    }
  }

  static void present(String key, String value, String expected) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s: expected %s, found none".formatted(key, expected));
    }
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
