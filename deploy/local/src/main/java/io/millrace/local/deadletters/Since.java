package io.millrace.local.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time to start from: ago, like {@code 30m}, {@code 12h} or {@code 7d}, or an instant. */
public final class Since {

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  private Since() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static Instant parse(String text, InstantSource clock) {
    return parse("--since", text, clock);
  }

  /**
   * Reads the value of another option.
   *
   * @throws IllegalArgumentException says which option, and what was expected
   */
  public static Instant parse(String option, String text, InstantSource clock) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          option
              + ": expected an age like 30m, 12h or 7d, or a time like 2026-11-01T12:00:00Z,"
              + " found '"
              + text
              + "'",
          e);
    }
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
