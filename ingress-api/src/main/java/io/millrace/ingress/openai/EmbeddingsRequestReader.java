package io.millrace.ingress.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.protocol.Json;
import io.millrace.ingress.protocol.JsonBodyReader;
import io.millrace.ingress.protocol.ProtocolLimits;
import io.millrace.ingress.protocol.Violations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request for embeddings. Safe for use by several threads. */
final class EmbeddingsRequestReader {

  private static final String TEXT =
      "a string of at least 1 character; token ids are not taken, send texts";

  private final JsonBodyReader json;
  private final int maxTextBytes;
  private final int maxTexts;

  /**
   * @param maxTexts the most texts of a request
   */
  EmbeddingsRequestReader(ProtocolLimits limits, int maxTexts) {
    this.json = new JsonBodyReader(limits);
    this.maxTextBytes = limits.maxTextBytes();
    this.maxTexts = maxTexts;
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException {@code MALFORMED_JSON} when it is not JSON within the limits; {@code
   *     INVALID_REQUEST} with everything found when it is no request
   */
  EmbeddingsRequest read(byte[] body) {
    return json.read(
        body, body.length, (parser, violations) -> new Reading(parser, violations).request());
  }

  /** One body being read. */
  private final class Reading {

    private final JsonParser parser;
    private final Violations violations;
    private @Nullable List<String> input;
    private @Nullable String model;
    private EmbeddingsRequest.Encoding encoding = EmbeddingsRequest.Encoding.FLOAT;
    private OptionalInt dimensions = OptionalInt.empty();
    private @Nullable String user;

    Reading(JsonParser parser, Violations violations) {
      this.parser = parser;
      this.violations = violations;
    }

    EmbeddingsRequest request() throws IOException {
      if (parser.hasToken(JsonToken.START_OBJECT)) {
        members();
      } else {
        Json.refuse(parser, violations, "", "an object");
      }
      // What is missing was noted, and is thrown by whoever reads the body.
      return new EmbeddingsRequest(
          input == null ? List.of() : input,
          model == null ? "" : model,
          encoding,
          dimensions,
          user);
    }

    private void members() throws IOException {
      boolean hasInput = false;
      boolean hasModel = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        String pointer = Json.child("", member);
        parser.nextToken();
        switch (member) {
          case "input" -> {
            hasInput = true;
            input = input(pointer);
          }
          case "model" -> {
            hasModel = true;
            model = Json.name(parser, violations, pointer);
          }
          case "encoding_format" -> encoding(pointer);
          case "dimensions" -> dimensions(pointer);
          case "user" -> user = isNull() ? null : Json.name(parser, violations, pointer);
          default -> {
            violations.add(
                pointer,
                "unknown member, expected input, model, encoding_format, dimensions or user");
            parser.skipChildren();
          }
        }
      }
      if (!hasInput) {
        violations.add("/input", "expected a string or an array of strings, found nothing");
      }
      if (!hasModel) {
        violations.add("/model", "expected the name of a model, found nothing");
      }
    }

    private @Nullable List<String> input(String pointer) throws IOException {
      List<String> texts = new ArrayList<>();
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        text(pointer, texts);
        return texts;
      }
      int index = 0;
      for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        if (index < maxTexts) {
          text(Json.child(pointer, index), texts);
        } else {
          parser.skipChildren();
        }
      }
      if (index == 0 || index > maxTexts) {
        violations.add(pointer, "expected 1 to %d strings, found %d".formatted(maxTexts, index));
      }
      return texts;
    }

    private void text(String pointer, List<String> texts) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        Json.refuse(parser, violations, pointer, TEXT);
        return;
      }
      // No character has less than a byte, so what is far too long is not encoded.
      String text = parser.getTextLength() > maxTextBytes ? "" : parser.getText();
      boolean valid =
          !text.isEmpty()
              && Json.isUnicode(text)
              && text.getBytes(StandardCharsets.UTF_8).length <= maxTextBytes;
      if (!valid) {
        violations.add(
            pointer,
            "expected a string of valid Unicode, of 1 character to %d bytes in UTF-8"
                .formatted(maxTextBytes));
        return;
      }
      texts.add(text);
    }

    private void encoding(String pointer) throws IOException {
      if (isNull()) {
        return;
      }
      String value = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : "";
      switch (value) {
        case "float" -> encoding = EmbeddingsRequest.Encoding.FLOAT;
        case "base64" -> encoding = EmbeddingsRequest.Encoding.BASE64;
        default -> {
          violations.add(pointer, "expected float or base64");
          parser.skipChildren();
        }
      }
    }

    private void dimensions(String pointer) throws IOException {
      if (isNull()) {
        return;
      }
      boolean valid =
          parser.hasToken(JsonToken.VALUE_NUMBER_INT)
              && parser.getNumberType() == JsonParser.NumberType.INT
              && parser.getIntValue() > 0;
      if (valid) {
        dimensions = OptionalInt.of(parser.getIntValue());
      } else {
        Json.refuse(parser, violations, pointer, "an integer of at least 1");
      }
    }

    private boolean isNull() {
      return parser.hasToken(JsonToken.VALUE_NULL);
    }
  }
}
