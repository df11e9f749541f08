package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads bodies that hold one JSON value, as a stream of tokens under limits. Safe for use by
 * several threads.
 */
public final class JsonBodyReader {

  private final JsonFactory json;

  public JsonBodyReader(ProtocolLimits limits) {
    this.json = limits.jsonFactory();
  }

  /** Makes something of the value at the parser's current token, and moves to its end. */
  @FunctionalInterface
  public interface Content<T> {
    T read(JsonParser parser, Violations violations) throws IOException;
  }

  /**
   * Reads a body.
   *
   * @param length bytes of JSON at the begin of the body
   * @throws ProblemException {@code MALFORMED_JSON} with line and column when that is not JSON
   *     within the limits; {@code INVALID_REQUEST} with everything that the content found wrong
   */
  public <T> T read(byte[] body, int length, Content<T> content) {
    return read(body, 0, length, content);
  }

  /** Reads a part of a body; lines and columns are counted from its beginning. */
  <T> T read(byte[] body, int offset, int length, Content<T> content) {
    Violations violations = new Violations();
    try (JsonParser parser = json.createParser(body, offset, length)) {
      return read(parser, content, violations);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private static <T> T read(JsonParser parser, Content<T> content, Violations violations)
      throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new ProblemException(
            ProblemType.MALFORMED_JSON, "The body is empty, expected a JSON object.");
      }
      T read = content.read(parser, violations);
      if (parser.nextToken() != null) {
        throw malformed("the body goes on after its JSON object", parser.currentTokenLocation());
      }
      violations.throwIfAny();
      return read;
    } catch (StreamConstraintsException e) {
      // Its message names the library's own settings.
      throw malformed(
          "the body nests deeper than %d, or holds a name or a number that is too long, at '%s'"
              .formatted(ProtocolLimits.MAX_DEPTH, parser.getParsingContext().pathAsPointer()),
          parser.currentLocation());
    } catch (JsonProcessingException e) {
      throw malformed(e.getOriginalMessage(), e.getLocation());
    }
  }

  /** A parser of a part of a body. */
  JsonParser section(byte[] body, int offset, int length) throws IOException {
    return json.createParser(body, offset, length);
  }

  private static ProblemException malformed(String what, JsonLocation where) {
    return new ProblemException(
        ProblemType.MALFORMED_JSON,
        "Line %d, column %d: %s.".formatted(where.getLineNr(), where.getColumnNr(), what));
  }
}
