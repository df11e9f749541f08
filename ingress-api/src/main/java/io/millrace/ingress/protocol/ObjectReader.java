package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects whose members are known, and the values of members. Each method begins at the
 * parser's current token and moves to the end of its value; what is not as expected is noted in the
 * violations.
 */
public final class ObjectReader {

  private final JsonParser parser;
  private final Violations violations;

  public ObjectReader(JsonParser parser, Violations violations) {
    this.parser = parser;
    this.violations = violations;
  }

  /** Reads the value of a member. */
  @FunctionalInterface
  public interface Member {
    void read(String pointer) throws IOException;
  }

  /** The members that an object may have. */
  public static final class Members {

    private final Map<String, Member> known = new LinkedHashMap<>();

    public Members with(String name, Member member) {
      known.put(name, member);
      return this;
    }
  }

  /** Reads an object. Returns the names of the members that it has. */
  public Set<String> object(String pointer, Members members) throws IOException {
    Set<String> seen = new HashSet<>();
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      Json.refuse(parser, violations, pointer, "an object");
      return seen;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String child = Json.child(pointer, name);
      Member member = members.known.get(name);
      parser.nextToken();
      if (member == null) {
        violations.add(
            child, "unknown member, expected one of " + String.join(", ", members.known.keySet()));
        parser.skipChildren();
      } else {
        seen.add(name);
        member.read(child);
      }
    }
    return seen;
  }

  /** Reads the items of an array. False when the value is none. */
  public boolean array(String pointer, String expected, Member item) throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      Json.refuse(parser, violations, pointer, expected);
      return false;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      item.read(Json.child(pointer, i));
    }
    return true;
  }

  /** Whether the value is null. */
  public boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  /** A member that may be null, which is the same as leaving it out. */
  public Member nullable(Member member) {
    return pointer -> {
      if (!isNull()) {
        member.read(pointer);
      }
    };
  }

  /** A text of 1 to so many characters; null when it is none. */
  public @Nullable String text(String pointer, int maxLength) throws IOException {
    return Json.text(parser, violations, pointer, maxLength);
  }

  /** A number of a range; NaN when it is none. */
  public double number(String pointer, NumberRange range) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      Json.refuse(parser, violations, pointer, range.expected());
      return Double.NaN;
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value) || !range.allowed().test(value)) {
      violations.add(pointer, "expected " + range.expected());
      return Double.NaN;
    }
    return value;
  }

  /** An integer of a range; the least one when it is none. */
  public long integer(String pointer, long least, long most) throws IOException {
    String expected = "an integer from %d to %d".formatted(least, most);
    if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      Json.refuse(parser, violations, pointer, expected);
      return least;
    }
    boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    long value = fits ? parser.getLongValue() : 0;
    if (!fits || value < least || value > most) {
      violations.add(pointer, "expected " + expected);
      return least;
    }
    return value;
  }
}
