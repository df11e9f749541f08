package io.millrace.jobs.config;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** Durations as Flink's own configuration has them: {@code 500ms}, {@code 10s}, {@code 24h}. */
public final class Durations {

  private static final ConfigOption<Duration> DURATION =
      ConfigOptions.key("duration").durationType().noDefaultValue();

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static Duration parse(String text) {
    String trimmed = text.trim();
    try {
      // Without a unit Flink means milliseconds; here a number alone is a mistake.
      if (!trimmed.isEmpty() && !Character.isDigit(trimmed.charAt(trimmed.length() - 1))) {
        return Configuration.fromMap(Map.of(DURATION.key(), trimmed)).get(DURATION);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the error that says what is expected.
    }
    throw new IllegalArgumentException("expected a duration such as 500ms, 10s, 5m or 24h");
  }
}
