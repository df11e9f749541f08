package io.millrace.ingress.reports;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of windows as texts: a number and a unit, such as {@code 1m}, {@code 1h}, {@code 1d}. */
final class WindowLength {

  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,4})([smhd])");

  /** By unit, its seconds. */
  private static final Map<String, Long> SECONDS =
      Map.of("d", 86_400L, "h", 3_600L, "m", 60L, "s", 1L);

  private WindowLength() {}

  /** The length that a text says; empty when it says none. */
  static Optional<Duration> of(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            Duration.ofSeconds(
                Long.parseLong(matcher.group(1)) * SECONDS.getOrDefault(matcher.group(2), 1L)))
        : Optional.empty();
  }

  /** The shortest text for a length. */
  static String label(Duration length) {
    long seconds = length.toSeconds();
    for (String unit : new String[] {"d", "h", "m"}) {
      long size = SECONDS.getOrDefault(unit, 1L);
      if (seconds >= size && seconds % size == 0) {
        return seconds / size + unit;
      }
    }
    return seconds + "s";
  }
}
