package io.millrace.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/**
 * Reads durations as Flink's own configuration has them: {@code 500ms}, {@code 10s}, {@code 24h}.
 */
final class DurationDeserializer extends StdDeserializer<Duration> {

  private static final long serialVersionUID = 1L;
  private static final ConfigOption<Duration> DURATION =
      ConfigOptions.key("duration").durationType().noDefaultValue();

  DurationDeserializer() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String text = parser.getText().trim();
    try {
      // Without a unit Flink means milliseconds; here a number alone is a mistake.
      if (!text.isEmpty() && !Character.isDigit(text.charAt(text.length() - 1))) {
        return Configuration.fromMap(Map.of(DURATION.key(), text)).get(DURATION);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the error that says what is expected.
    }
    throw context.weirdStringException(
        text, Duration.class, "expected a duration such as 500ms, 10s, 5m or 24h");
  }
}
