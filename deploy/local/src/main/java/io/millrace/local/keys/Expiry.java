package io.millrace.local.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a key ends: after a while, like {@code 12h} or {@code 90d}, or at an instant. */
final class Expiry {

  private static final Pattern WHILE = Pattern.compile("([1-9]\\d{0,4})([hd])");

  private Expiry() {}

  /** The time, as exact as it is written. */
  static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException says what was expected
   */
  static Instant parse(String text, Instant now) {
    Matcher amount = WHILE.matcher(text);
    if (amount.matches()) {
      long number = Long.parseLong(amount.group(1));
      return now.plus(
          amount.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number));
    }
    try {
      Instant end = Instant.parse(text);
      if (end.isAfter(now)) {
        return end;
      }
    } catch (DateTimeParseException e) {
      throw expected(text, e);
    }
    throw expected(text, null);
  }

  private static IllegalArgumentException expected(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "expires: expected a while like 12h or 90d, or a time to come like 2027-01-31T12:00:00Z,"
            + " found '"
            + text
            + "'",
        cause);
  }
}
