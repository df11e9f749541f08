package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schemas.json.ElementReader;
import io.millrace.schemas.json.RawData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code data} of one tensor, row-major, either flat or in arrays nested as the shape
 * says, into the raw little-endian form.
 */
final class TensorDataReader {

  private final JsonParser parser;
  private final ElementReader elements;
  private final long[] shape;
  private final Violations violations;
  private final RawData raw = new RawData();
  private final int[] index;
  private boolean valid = true;

  TensorDataReader(JsonParser parser, ElementReader elements, long[] shape, Violations violations) {
    this.parser = parser;
    this.elements = elements;
    this.shape = shape;
    this.violations = violations;
    this.index = new int[Math.max(1, shape.length)];
  }

  /**
   * Reads the array that the parser is about to enter.
   *
   * @return the raw data; null, and violations, when the data does not fit
   */
  @Nullable ByteBuffer read(String pointer) throws IOException {
    parser.nextToken();
    if (parser.nextToken() == JsonToken.START_ARRAY && shape.length > 1) {
      nested(pointer, 0);
    } else {
      flat(pointer);
    }
    return valid ? raw.finish() : null;
  }

  private void flat(String pointer) throws IOException {
    int found = items(pointer, 0);
    if (found != Shapes.elements(shape)) {
      refuse(
          pointer,
          "expected the elements of shape %s, found %d".formatted(Arrays.toString(shape), found));
    }
  }

  private void nested(String pointer, int depth) throws IOException {
    int found = 0;
    if (depth == shape.length - 1) {
      found = items(pointer, depth);
    } else {
      for (; !parser.hasToken(JsonToken.END_ARRAY) && !violations.isFull(); found++) {
        index[depth] = found;
        if (parser.hasToken(JsonToken.START_ARRAY)) {
          parser.nextToken();
          nested(pointer, depth + 1);
        } else {
          refuseItem(pointer, depth, "an array");
        }
        parser.nextToken();
      }
    }
    if (found != shape[depth]) {
      refuse(
          at(pointer, depth),
          "expected %d items for shape %s, found %d"
              .formatted(shape[depth], Arrays.toString(shape), found));
    }
  }

  /** Reads elements up to the end of the array. */
  private int items(String pointer, int depth) throws IOException {
    int found = 0;
    for (; !parser.hasToken(JsonToken.END_ARRAY) && !violations.isFull(); found++) {
      index[depth] = found;
      if (!elements.read(parser, raw)) {
        refuseItem(pointer, depth, elements.expected());
      }
      parser.nextToken();
    }
    return found;
  }

  private void refuseItem(String pointer, int depth, String expected) throws IOException {
    valid = false;
    Json.refuse(parser, violations, at(pointer, depth + 1), expected);
  }

  private void refuse(String pointer, String detail) {
    valid = false;
    violations.add(pointer, detail);
  }

  private String at(String pointer, int depth) {
    StringBuilder path = new StringBuilder(pointer);
    for (int level = 0; level < depth; level++) {
      path.append('/').append(index[level]);
    }
    return path.toString();
  }
}
