package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schemas.avro.Priority;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a request is to be run: members that the protocol itself does not have. */
final class SchedulingReader {

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

  private final JsonParser parser;
  private final Violations violations;
  private final Clock clock;

  SchedulingReader(JsonParser parser, Violations violations, Clock clock) {
    this.parser = parser;
    this.violations = violations;
    this.clock = clock;
  }

  Priority priority(String pointer) throws IOException {
    String text = text();
    if (text != null) {
      switch (text) {
        case "high" -> {
          return Priority.HIGH;
        }
        case "normal" -> {
          return Priority.NORMAL;
        }
        case "low" -> {
          return Priority.LOW;
        }
        default -> {
          violations.add(pointer, "expected \"high\", \"normal\" or \"low\"");
          return Priority.NORMAL;
        }
      }
    }
    Json.refuse(parser, violations, pointer, "\"high\", \"normal\" or \"low\"");
    return Priority.NORMAL;
  }

  /** A time to come; null, and a violation, when it is none. */
  @Nullable Instant deadline(String pointer) throws IOException {
    String text = text();
    if (text == null) {
      Json.refuse(parser, violations, pointer, "an RFC 3339 date-time");
      return null;
    }
    Instant deadline = DATE_TIME.matcher(text).matches() ? parse(text) : null;
    if (deadline == null) {
      violations.add(pointer, "expected an RFC 3339 date-time such as 2026-01-31T12:00:00Z");
    } else if (!deadline.isAfter(clock.instant())) {
      violations.add(pointer, "expected a time in the future");
    }
    return deadline;
  }

  private static @Nullable Instant parse(String text) {
    try {
      return Instant.parse(text.toUpperCase(Locale.ROOT)).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      return null; // The 31st of February.
    }
  }

  boolean allowStale(String pointer) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      Json.refuse(parser, violations, pointer, "true or false");
      return false;
    }
    return parser.getBooleanValue();
  }

  /** Keeps requests together; null, and a violation, when it is none. */
  @Nullable String affinity(String pointer) throws IOException {
    return Json.text(parser, violations, pointer, ProtocolLimits.MAX_AFFINITY);
  }

  private @Nullable String text() throws IOException {
    return parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : null;
  }
}
