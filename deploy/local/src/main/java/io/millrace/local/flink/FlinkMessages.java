package io.millrace.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds what is meant for people in what Flink says of a failure. */
final class FlinkMessages {

  private static final String CAUSED_BY = "Caused by: ";
  private static final int LONGEST = 500;

  private FlinkMessages() {}

  /**
   * The message of an answer that is an error: {@code {"errors": ["a message", "a stack trace"]}}.
   * Traces are cut to their innermost cause.
   */
  static String of(byte[] body, ObjectMapper json) {
    try {
      JsonNode errors = json.readTree(body).path("errors");
      if (errors.isArray() && !errors.isEmpty()) {
        return rootCause(errors.get(errors.size() - 1).asText());
      }
    } catch (IOException e) {
      // Not from a handler of Flink's; as it is.
    }
    return cut(new String(body, StandardCharsets.UTF_8).strip());
  }

  /** The innermost cause of a stack trace, in a line; a text that is none, its first line. */
  static String rootCause(String stackTrace) {
    String cause =
        stackTrace
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(CAUSED_BY))
            .reduce((outer, inner) -> inner)
            .map(line -> line.substring(CAUSED_BY.length()))
            .or(
                () ->
                    stackTrace
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        // Flink's handlers put a line of their own around the server's trace.
                        .filter(line -> !line.startsWith("<Exception on server side"))
                        .findFirst())
            .orElse("no message");
    return cut(cause);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
  }
}
