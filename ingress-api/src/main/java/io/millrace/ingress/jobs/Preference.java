package io.millrace.ingress.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client says in {@code Prefer} headers about waiting.
 *
 * @param maxWait how long it would wait for a result; empty when it does not say
 * @param respondAsync whether a call that waits of itself shall not
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, the "wait"
 *     preference</a>
 */
record Preference(Optional<Duration> maxWait, boolean respondAsync) {

  static final String HEADER = "Prefer";
  static final String APPLIED_HEADER = "Preference-Applied";

  private static final int MAX_DIGITS = 9;

  /**
   * Reads the values of all {@code Prefer} headers. As the RFC says, what is unknown or malformed
   * is passed over, and the first of several counts.
   */
  static Preference parse(List<String> headers) {
    List<String> preferences =
        headers.stream()
            .flatMap(header -> split(header, ',').stream())
            // What follows a semicolon are parameters of the preference.
            .map(preference -> split(preference, ';').get(0))
            .map(String::strip)
            .toList();
    return new Preference(
        preferences.stream()
            .filter(preference -> name(preference).equals("wait"))
            .findFirst()
            .flatMap(Preference::seconds),
        preferences.stream().anyMatch(preference -> name(preference).equals("respond-async")));
  }

  private static String name(String preference) {
    int equals = preference.indexOf('=');
    String name = equals < 0 ? preference : preference.substring(0, equals);
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Duration> seconds(String preference) {
    String value = preference.substring(preference.indexOf('=') + 1).strip();
    if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      return Optional.empty();
    }
    // More seconds than fit are more than anyone waits.
    String bounded = value.length() > MAX_DIGITS ? "9".repeat(MAX_DIGITS) : value;
    return Optional.of(Duration.ofSeconds(Long.parseLong(bounded)));
  }

  /** Splits at a separator that stands outside quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
