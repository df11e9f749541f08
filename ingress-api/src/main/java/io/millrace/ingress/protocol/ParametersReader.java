package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a {@code parameters} object: names with booleans, numbers and strings. */
final class ParametersReader {

  private static final String EXPECTED =
      "a boolean, a 64-bit integer, a finite number or a string of valid Unicode";

  private final JsonParser parser;
  private final Violations violations;

  ParametersReader(JsonParser parser, Violations violations) {
    this.parser = parser;
    this.violations = violations;
  }

  /** The parameters at the parser's current token. */
  Map<String, Object> parameters(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      Json.refuse(parser, violations, pointer, "an object");
      return Map.of();
    }
    Map<String, Object> parameters = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String child = Json.child(pointer, name);
      parser.nextToken();
      Object value = Json.isUnicode(name) ? value() : null;
      if (value == null) {
        Json.refuse(parser, violations, child, EXPECTED);
      } else {
        parameters.put(name, value);
      }
    }
    if (parameters.size() > ProtocolLimits.MAX_ENTRIES) {
      violations.add(
          pointer,
          "expected at most %d parameters, found %d"
              .formatted(ProtocolLimits.MAX_ENTRIES, parameters.size()));
    }
    return parameters;
  }

  private @Nullable Object value() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> Json.isUnicode(parser.getText()) ? parser.getText() : null;
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
      default -> null;
    };
  }

  private @Nullable Object integer() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? null
        : (Object) parser.getLongValue();
  }

  private static @Nullable Object finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
