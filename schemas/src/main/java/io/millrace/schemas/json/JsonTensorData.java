package io.millrace.schemas.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.avro.Datatype;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The {@code data} of a tensor: an array of its elements, row-major, either flat or nested as the
 * shape says.
 */
final class JsonTensorData {

  private final Datatype datatype;
  private final List<Long> shape;
  private final RawData raw = new RawData();

  JsonTensorData(Datatype datatype, List<Long> shape) {
    this.datatype = datatype;
    this.shape = shape;
  }

  ByteBuffer read(JsonNode data, String pointer) throws JsonMismatchException {
    if (datatype == Datatype.FP16) {
      throw JsonMismatchException.at(
          pointer, "FP16 has no form in JSON, expected another datatype");
    }
    // A record is bounded as a whole.
    ElementReader elements = ElementReader.of(datatype, Integer.MAX_VALUE);
    if (shape.size() > 1 && data.path(0).isArray()) {
      nested(elements, data, 0, pointer);
    } else {
      items(elements, data, product(), pointer);
    }
    return raw.finish();
  }

  private void nested(ElementReader elements, JsonNode array, int depth, String pointer)
      throws JsonMismatchException {
    long wanted = shape.get(depth);
    if (depth == shape.size() - 1) {
      items(elements, array, wanted, pointer);
      return;
    }
    requireItems(array, wanted, pointer);
    for (int i = 0; i < array.size(); i++) {
      nested(elements, array.get(i), depth + 1, pointer + "/" + i);
    }
  }

  private void items(ElementReader elements, JsonNode array, long wanted, String pointer)
      throws JsonMismatchException {
    requireItems(array, wanted, pointer);
    try (JsonParser parser = array.traverse()) {
      parser.nextToken();
      for (int i = 0; i < array.size(); i++) {
        parser.nextToken();
        if (!elements.read(parser, raw)) {
          throw JsonMismatchException.at(pointer + "/" + i, "expected " + elements.expected());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private void requireItems(JsonNode array, long wanted, String pointer)
      throws JsonMismatchException {
    if (!array.isArray()) {
      throw JsonMismatchException.at(pointer, "expected an array");
    }
    if (array.size() != wanted) {
      throw JsonMismatchException.at(
          pointer,
          "expected %d items for shape %s, found %d".formatted(wanted, shape, array.size()));
    }
  }

  /** Elements that the shape holds; -1, which no array has, when it is no shape. */
  private long product() {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        return -1;
      }
      // More than any array has stays more.
      product = Math.min(Integer.MAX_VALUE, product) * Math.min(Integer.MAX_VALUE, dimension);
    }
    return product;
  }
}
