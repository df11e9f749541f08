package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tensor. Members come in any order, and data cannot be read before its datatype and
 * shape are known, so the place of the data is remembered and read by a second parser at the end.
 */
final class TensorReader {

  private static final String DATATYPES =
      "one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP32, FP64, BYTES";

  private final ProtocolLimits limits;
  private final JsonBodyReader json;
  private final byte[] body;
  private final int offset;
  private final JsonParser parser;
  private final Violations violations;

  /**
   * @param offset where the parser began in the body
   */
  TensorReader(
      ProtocolLimits limits,
      JsonBodyReader json,
      byte[] body,
      int offset,
      JsonParser parser,
      Violations violations) {
    this.limits = limits;
    this.json = json;
    this.body = body;
    this.offset = offset;
    this.parser = parser;
    this.violations = violations;
  }

  /** The tensor at the parser's current token; null, and violations, when it is none. */
  @Nullable Tensor tensor(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      Json.refuse(parser, violations, pointer, "a tensor");
      return null;
    }
    Members members = new Members();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      String child = Json.child(pointer, member);
      parser.nextToken();
      members.seen.add(member);
      switch (member) {
        case "name" -> members.name = Json.name(parser, violations, child);
        case "datatype" -> members.datatype = datatype(child);
        case "shape" -> members.shape = shape(child);
        case "data" -> members.data = data(child);
        case "parameters" -> new ParametersReader(parser, violations).ignored(child);
        default -> {
          violations.add(child, "unknown member, expected name, datatype, shape or data");
          parser.skipChildren();
        }
      }
    }
    for (String required : List.of("name", "datatype", "shape", "data")) {
      if (!members.seen.contains(required)) {
        violations.add(Json.child(pointer, required), "expected a value, found nothing");
      }
    }
    return members.tensor(pointer);
  }

  private @Nullable Datatype datatype(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      Json.refuse(parser, violations, pointer, DATATYPES);
      return null;
    }
    String text = parser.getText();
    for (Datatype datatype : Datatype.values()) {
      if (datatype.name().equals(text) && datatype != Datatype.FP16) {
        return datatype;
      }
    }
    violations.add(
        pointer,
        text.equals(Datatype.FP16.name())
            ? "FP16 has no form in the protocol's JSON, expected FP32 instead"
            : "expected " + DATATYPES);
    return null;
  }

  private long @Nullable [] shape(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      Json.refuse(parser, violations, pointer, "an array of dimensions");
      return null;
    }
    List<Long> shape = new ArrayList<>();
    int rank = 0;
    for (; parser.nextToken() != JsonToken.END_ARRAY; rank++) {
      if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
          && parser.getNumberType() == JsonParser.NumberType.INT
          && parser.getIntValue() >= 0) {
        shape.add(parser.getLongValue());
      } else {
        Json.refuse(
            parser,
            violations,
            Json.child(pointer, rank),
            "an integer from 0 to " + Integer.MAX_VALUE);
      }
    }
    if (rank > ProtocolLimits.MAX_RANK) {
      violations.add(
          pointer,
          "expected at most %d dimensions, found %d".formatted(ProtocolLimits.MAX_RANK, rank));
      return null;
    }
    return shape.size() == rank ? shape.stream().mapToLong(Long::longValue).toArray() : null;
  }

  /** Where the data stands in the body. */
  private @Nullable Section data(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      Json.refuse(parser, violations, pointer, "an array");
      return null;
    }
    int start = offset + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    parser.skipChildren();
    int end = offset + Math.toIntExact(parser.currentLocation().getByteOffset());
    return new Section(start, end - start);
  }

  private record Section(int offset, int length) {}

  private final class Members {

    private final List<String> seen = new ArrayList<>();
    private @Nullable String name;
    private @Nullable Datatype datatype;
    private long @Nullable [] shape;
    private @Nullable Section data;

    @Nullable Tensor tensor(String pointer) throws IOException {
      if (datatype == null || shape == null || data == null) {
        return null;
      }
      // Before any of the data is looked at: what a shape promises costs nothing.
      if (Shapes.elements(shape) > limits.maxElements()) {
        violations.add(
            pointer + "/shape",
            "expected a shape of at most %d elements".formatted(limits.maxElements()));
        return null;
      }
      ElementReader elements = ElementReader.of(datatype, limits.maxTextBytes());
      ByteBuffer raw;
      try (JsonParser values = json.section(body, data.offset(), data.length())) {
        raw = new TensorDataReader(values, elements, shape, violations).read(pointer + "/data");
      }
      if (name == null || raw == null) {
        return null;
      }
      List<Long> dimensions = new ArrayList<>(shape.length);
      for (long dimension : shape) {
        dimensions.add(dimension);
      }
      return new Tensor(name, datatype, dimensions, raw);
    }
  }
}
