package io.millrace.webhooks.send;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or an HTTP date. */
final class RetryAfter {

  /** No wait is longer than the schedule's longest. */
  private static final Duration MAX = Duration.ofHours(24);

  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** How long to wait, 24 h at most; null when the header is not there or means nothing. */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String text = header.trim();
    try {
      Duration wait =
          !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Duration.ofSeconds(
                  text.length() > MAX_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text))
              : Duration.between(
                  now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
      if (wait.isNegative()) {
        return Duration.ZERO;
      }
      return wait.compareTo(MAX) > 0 ? MAX : wait;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
