package io.millrace.models.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a Hugging Face {@code tokenizer.json} the id that stands for what the vocabulary does
 * not have. DJL does not tell. The file is streamed: vocabularies of many languages are large.
 *
 * @see <a href="https://huggingface.co/docs/tokenizers/api/models">Models of tokenizers</a>:
 *     WordPiece, WordLevel and BPE name the token in {@code unk_token}, Unigram gives its place in
 *     {@code unk_id}
 */
final class UnknownToken {

  private static final JsonFactory JSON = new JsonFactory();

  private UnknownToken() {}

  /** Empty when there is none, as with byte-level tokenizers, which know every text. */
  static OptionalLong id(Path tokenizer) throws IOException {
    String token = null;
    try (JsonParser model = open(tokenizer)) {
      while (model != null && model.nextToken() == JsonToken.FIELD_NAME) {
        String field = model.currentName();
        JsonToken value = model.nextToken();
        if (field.equals("unk_id") && value == JsonToken.VALUE_NUMBER_INT) {
          return OptionalLong.of(model.getLongValue());
        }
        if (field.equals("unk_token") && value == JsonToken.VALUE_STRING) {
          token = model.getText();
        }
        model.skipChildren();
      }
    }
    return token == null ? OptionalLong.empty() : idOf(token, tokenizer);
  }

  /** A second pass: WordLevel has its vocabulary before the name of the token. */
  private static OptionalLong idOf(String token, Path tokenizer) throws IOException {
    try (JsonParser model = open(tokenizer)) {
      if (model == null || !enter(model, "vocab")) {
        return OptionalLong.empty();
      }
      while (model.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = model.currentName().equals(token);
        if (model.nextToken() == JsonToken.VALUE_NUMBER_INT && found) {
          return OptionalLong.of(model.getLongValue());
        }
        model.skipChildren();
      }
      return OptionalLong.empty();
    }
  }

  /** A parser inside the object {@code model}; null when the file has none. */
  private static @Nullable JsonParser open(Path tokenizer) throws IOException {
    JsonParser parser = JSON.createParser(tokenizer.toFile());
    if (parser.nextToken() == JsonToken.START_OBJECT && enter(parser, "model")) {
      return parser;
    }
    parser.close();
    return null;
  }

  /** Goes to the value of a field of the object that the parser is in, an object itself. */
  private static boolean enter(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(name);
      JsonToken value = parser.nextToken();
      if (found) {
        return value == JsonToken.START_OBJECT;
      }
      parser.skipChildren();
    }
    return false;
  }
}
