package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.json.ElementReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tensor. Members come in any order, and data cannot be read before its datatype and
 * shape are known, so the place of the data is remembered and read by a second parser at the end.
 * Data that is not in the JSON follows behind it.
 */
final class TensorReader {

  private static final String DATATYPES =
      "one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64,"
          + " BYTES";

  /** The parameter that says how many bytes of raw data a tensor has. */
  private static final String BINARY_SIZE = "binary_data_size";

  private final ProtocolLimits limits;
  private final JsonBodyReader json;
  private final byte[] body;
  private final int offset;
  private final JsonParser parser;
  private final Violations violations;
  private final @Nullable BinarySection binary;

  /**
   * @param offset where the parser began in the body
   * @param binary the raw data behind the JSON; null where there can be none
   */
  TensorReader(
      ProtocolLimits limits,
      JsonBodyReader json,
      byte[] body,
      int offset,
      JsonParser parser,
      Violations violations,
      @Nullable BinarySection binary) {
    this.limits = limits;
    this.json = json;
    this.body = body;
    this.offset = offset;
    this.parser = parser;
    this.violations = violations;
    this.binary = binary;
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
        case "parameters" ->
            members.binarySize =
                new ParametersReader(parser, violations).parameters(child).get(BINARY_SIZE);
        default -> {
          violations.add(child, "unknown member, expected name, datatype, shape or data");
          parser.skipChildren();
        }
      }
    }
    boolean raw = binary != null && members.binarySize != null;
    if (!raw && members.datatype == Datatype.FP16) {
      violations.add(
          Json.child(pointer, "datatype"),
          "FP16 has no form in the protocol's JSON, expected FP32, or binary data");
      members.datatype = null;
    }
    for (String required : List.of("name", "datatype", "shape", "data")) {
      if (!members.seen.contains(required) && !(raw && required.equals("data"))) {
        violations.add(Json.child(pointer, required), "expected a value, found nothing");
      }
    }
    return raw ? members.rawTensor(pointer) : members.tensor(pointer);
  }

  private @Nullable Datatype datatype(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      Json.refuse(parser, violations, pointer, DATATYPES);
      return null;
    }
    String text = parser.getText();
    for (Datatype datatype : Datatype.values()) {
      if (datatype.name().equals(text)) {
        return datatype;
      }
    }
    violations.add(pointer, "expected " + DATATYPES);
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
    private @Nullable Object binarySize;

    @Nullable Tensor tensor(String pointer) throws IOException {
      if (datatype == null || shape == null || data == null) {
        return null;
      }
      if (!isWithinLimits(shape, pointer)) {
        return null;
      }
      ElementReader elements = ElementReader.of(datatype, limits.maxTextBytes());
      ByteBuffer raw;
      try (JsonParser values = json.section(body, data.offset(), data.length())) {
        raw = new TensorDataReader(values, elements, shape, violations).read(pointer + "/data");
      }
      return raw == null ? null : of(raw);
    }

    /** With the next raw data of the body, as much as its parameter says. */
    @Nullable Tensor rawTensor(String pointer) {
      String place = pointer + "/parameters/" + BINARY_SIZE;
      if (!(binarySize instanceof Long size) || size < 0) {
        violations.add(place, "expected a number of bytes, an integer of at least 0");
        return null;
      }
      BinarySection section = Objects.requireNonNull(binary);
      ByteBuffer raw = section.take(size);
      if (raw == null) {
        violations.add(
            place,
            "expected at most the %d bytes that are left behind the JSON, found %d"
                .formatted(section.left(), size));
        return null;
      }
      if (seen.contains("data")) {
        violations.add(pointer + "/data", "expected no data beside a binary_data_size");
        return null;
      }
      if (shape == null || !isWithinLimits(shape, pointer)) {
        return null;
      }
      Tensor tensor = of(raw);
      return tensor != null && isValid(tensor, place) ? tensor : null;
    }

    /** Asked before any of the data is looked at: what a shape promises costs nothing. */
    private boolean isWithinLimits(long[] shape, String pointer) {
      if (Shapes.elements(shape) <= limits.maxElements()) {
        return true;
      }
      violations.add(
          pointer + "/shape",
          "expected a shape of at most %d elements".formatted(limits.maxElements()));
      return false;
    }

    private boolean isValid(Tensor tensor, String place) {
      try {
        Tensors.validate(tensor);
      } catch (InvalidTensorException e) {
        violations.add(place, String.valueOf(e.getMessage()));
        return false;
      }
      if (tensor.getDatatype() == Datatype.BYTES && longest(tensor) > limits.maxTextBytes()) {
        violations.add(
            place, "expected elements of at most %d bytes".formatted(limits.maxTextBytes()));
        return false;
      }
      return true;
    }

    /** Bytes of the longest element of a valid tensor of BYTES. */
    private static int longest(Tensor tensor) {
      ByteBuffer data = tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      int longest = 0;
      while (data.hasRemaining()) {
        int length = data.getInt();
        longest = Math.max(longest, length);
        data.position(data.position() + length);
      }
      return longest;
    }

    private @Nullable Tensor of(ByteBuffer raw) {
      if (name == null || datatype == null || shape == null) {
        return null;
      }
      return new Tensor(name, datatype, Arrays.stream(shape).boxed().toList(), raw);
    }
  }
}
