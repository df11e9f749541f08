package io.millrace.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Duration;

/** Reads {@link Durations}. */
final class DurationDeserializer extends StdDeserializer<Duration> {

  private static final long serialVersionUID = 1L;

  DurationDeserializer() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String text = parser.getText().trim();
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw context.weirdStringException(text, Duration.class, e.getMessage());
    }
  }
}
