package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What readers of JSON share. */
public final class Json {

  private Json() {}

  /** The pointer to a member or an item, escaped as RFC 6901 says. */
  public static String child(String pointer, String member) {
    return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer to an item of an array. */
  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  /** What stands where something else was expected; never the value itself. */
  static String found(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }

  /** Notes that the current value is not what was expected, and moves to its end. */
  public static void refuse(
      JsonParser parser, Violations violations, String pointer, String expected)
      throws IOException {
    String found = found(parser.currentToken());
    // A value of the right kind that is out of its range: its kind would tell nothing.
    boolean kindIsRight = expected.startsWith(found);
    violations.add(
        pointer,
        kindIsRight ? "expected " + expected : "expected %s, found %s".formatted(expected, found));
    parser.skipChildren();
  }

  /** A non-empty name of bounded length; null, and a violation, when it is none. */
  public static @Nullable String name(JsonParser parser, Violations violations, String pointer)
      throws IOException {
    return text(parser, violations, pointer, ProtocolLimits.MAX_NAME);
  }

  /** A non-empty text of at most so many characters; null, and a violation, when it is none. */
  static @Nullable String text(
      JsonParser parser, Violations violations, String pointer, int maxLength) throws IOException {
    String expected = "a string of 1 to %d characters".formatted(maxLength);
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      refuse(parser, violations, pointer, expected);
      return null;
    }
    String name = parser.getText();
    if (name.isEmpty() || name.length() > maxLength || !isUnicode(name)) {
      violations.add(pointer, "expected " + expected);
      return null;
    }
    return name;
  }

  /** False when the text holds half a surrogate pair, which UTF-8 cannot carry. */
  public static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
