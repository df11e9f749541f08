package io.millrace.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record of an Avro schema from JSON as people write it, which is not Avro's JSON encoding:
 *
 * <ul>
 *   <li>a record is an object of its fields; one with a default may be left out, one without a
 *       default is required, but for a time, which is then that of the Kafka record;
 *   <li>a union of null and one type is null or a value of that type; of scalars, the one that the
 *       value is; of records, an object with one member, which names the record in lower case;
 *   <li>the data of a tensor is an array of its elements, as in the Open Inference Protocol;
 *   <li>a time is an RFC 3339 date-time; an enum's symbol is written in any case, with {@code .} or
 *       {@code _}.
 * </ul>
 *
 * Reads a tree, so it is for small records: {@value #MAX_BYTES} bytes at most. Safe for use by
 * several threads.
 */
public final class JsonRecordReader {

  /** Bytes of a record; larger ones are for the binary encoding. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAME = 256;
  private static final int LAST_YEAR = 9999;
  private static final ObjectReader JSON = reader();

  private final Schema schema;
  private final SpecificData model;

  public JsonRecordReader(Schema schema, SpecificData model) {
    this.schema = schema;
    this.model = model;
  }

  /**
   * Reads a record.
   *
   * @param timestamp the Kafka record's, for a required time that is left out
   * @throws JsonMismatchException says where the JSON is not as the schema says, or that it is none
   */
  public SpecificRecordBase read(byte[] json, Instant timestamp) throws JsonMismatchException {
    if (json.length > MAX_BYTES) {
      throw JsonMismatchException.at(
          "", "expected at most %d bytes of JSON, found %d".formatted(MAX_BYTES, json.length));
    }
    return new Reading(timestamp).record(schema, parse(json), "");
  }

  private static JsonNode parse(byte[] json) throws JsonMismatchException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // Its own message quotes the payload.
      JsonLocation where = e.getLocation();
      throw JsonMismatchException.at(
          "",
          where == null
              ? "expected JSON that nests less deep and has shorter names and numbers"
              : "expected JSON, which it is not at line %d, column %d"
                  .formatted(where.getLineNr(), where.getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private static ObjectReader reader() {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build()
        .reader();
  }

  /** One record being read. */
  private final class Reading {

    private final Instant timestamp;

    Reading(Instant timestamp) {
      this.timestamp = timestamp;
    }

    SpecificRecordBase record(Schema type, JsonNode node, String pointer)
        throws JsonMismatchException {
      require(node.isObject(), "an object", node, pointer);
      SpecificRecordBase record = (SpecificRecordBase) model.newRecord(null, type);
      int known = 0;
      for (Schema.Field field : type.getFields()) {
        JsonNode member = node.get(field.name());
        if (member != null) {
          known++;
        }
        String place = child(pointer, field.name());
        record.put(
            field.pos(),
            member == null
                ? absent(field, place)
                : field.schema().getType() == Schema.Type.BYTES
                    ? data(record, member, place)
                    : value(field.schema(), member, place));
      }
      if (known < node.size()) {
        throw unknownMember(type, node, pointer);
      }
      return record;
    }

    private @Nullable Object absent(Schema.Field field, String pointer)
        throws JsonMismatchException {
      if (field.hasDefaultValue()) {
        return model.deepCopy(field.schema(), model.getDefaultValue(field));
      }
      if (isTime(field.schema())) {
        return timestamp;
      }
      throw JsonMismatchException.at(pointer, "expected a value, found nothing");
    }

    /** The fields before the data are read: the datatype and the shape are among them. */
    private Object data(SpecificRecordBase record, JsonNode node, String pointer)
        throws JsonMismatchException {
      if (!(record instanceof Tensor tensor)) {
        throw new IllegalStateException("No form in JSON for the bytes at " + pointer);
      }
      Datatype datatype = tensor.getDatatype();
      return new JsonTensorData(datatype, tensor.getShape()).read(node, pointer);
    }

    private @Nullable Object value(Schema type, JsonNode node, String pointer)
        throws JsonMismatchException {
      if (isTime(type)) {
        return time(node, pointer);
      }
      switch (type.getType()) {
        case RECORD -> {
          return record(type, node, pointer);
        }
        case UNION -> {
          return union(type, node, pointer);
        }
        case ARRAY -> {
          require(node.isArray(), "an array", node, pointer);
          List<@Nullable Object> items = new ArrayList<>(node.size());
          for (int i = 0; i < node.size(); i++) {
            items.add(value(type.getElementType(), node.get(i), child(pointer, i)));
          }
          return items;
        }
        case MAP -> {
          require(node.isObject(), "an object", node, pointer);
          Map<String, @Nullable Object> entries = new HashMap<>();
          for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String place = child(pointer, entry.getKey());
            entries.put(entry.getKey(), value(type.getValueType(), entry.getValue(), place));
          }
          return entries;
        }
        case ENUM -> {
          return symbol(type, node, pointer);
        }
        case STRING -> {
          require(node.isTextual() && isUnicode(node), "a string", node, pointer);
          return node.textValue();
        }
        case BOOLEAN -> {
          require(node.isBoolean(), "true or false", node, pointer);
          return node.booleanValue();
        }
        case LONG -> {
          require(isLong(node), "an integer of 64 bits", node, pointer);
          return node.longValue();
        }
        case DOUBLE -> {
          require(isDouble(node), "a number in the range of a 64-bit float", node, pointer);
          return node.doubleValue();
        }
        default -> throw new IllegalStateException("No form in JSON for " + type.getType());
      }
    }

    private @Nullable Object union(Schema union, JsonNode node, String pointer)
        throws JsonMismatchException {
      List<Schema> types =
          union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
      if (node.isNull() && types.size() < union.getTypes().size()) {
        return null;
      }
      if (types.size() == 1) {
        return value(types.get(0), node, pointer);
      }
      if (types.get(0).getType() == Schema.Type.RECORD) {
        return oneOf(types, node, pointer);
      }
      for (Schema type : types) {
        if (isScalar(type, node)) {
          return value(type, node, pointer);
        }
      }
      throw mismatch("a boolean, a number or a string", node, pointer);
    }

    private Object oneOf(List<Schema> records, JsonNode node, String pointer)
        throws JsonMismatchException {
      for (Schema type : records) {
        String name = type.getName().toLowerCase(Locale.ROOT);
        if (node.size() == 1 && node.has(name)) {
          return record(type, node.get(name), child(pointer, name));
        }
      }
      throw mismatch(
          records.stream()
              .map(type -> "{\"%s\": {...}}".formatted(type.getName().toLowerCase(Locale.ROOT)))
              .collect(Collectors.joining(" or ")),
          node,
          pointer);
    }

    private Object symbol(Schema type, JsonNode node, String pointer) throws JsonMismatchException {
      String written =
          node.isTextual() ? node.textValue().toUpperCase(Locale.ROOT).replace('.', '_') : "";
      if (!type.hasEnumSymbol(written)) {
        throw mismatch("one of " + String.join(", ", type.getEnumSymbols()), node, pointer);
      }
      return model.createEnum(written, type);
    }

    private Instant time(JsonNode node, String pointer) throws JsonMismatchException {
      try {
        if (node.isTextual()) {
          OffsetDateTime time = OffsetDateTime.parse(node.textValue());
          if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
            return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
          }
        }
      } catch (DateTimeException e) {
        // As any other value that is no time.
      }
      throw mismatch("an RFC 3339 date-time such as 2026-01-31T12:00:00Z", node, pointer);
    }
  }

  private static boolean isTime(Schema type) {
    return type.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }

  private static boolean isScalar(Schema type, JsonNode node) {
    return switch (type.getType()) {
      case BOOLEAN -> node.isBoolean();
      case LONG -> isLong(node);
      case DOUBLE -> isDouble(node);
      case STRING -> node.isTextual();
      default -> throw new IllegalStateException("No form in JSON for a union of " + type);
    };
  }

  private static boolean isLong(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  private static boolean isDouble(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue());
  }

  /** False when the text holds half a surrogate pair, which UTF-8 cannot carry. */
  private static boolean isUnicode(JsonNode text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text.textValue());
  }

  private static void require(boolean fulfilled, String expected, JsonNode found, String pointer)
      throws JsonMismatchException {
    if (!fulfilled) {
      throw mismatch(expected, found, pointer);
    }
  }

  private static JsonMismatchException mismatch(String expected, JsonNode found, String pointer) {
    return JsonMismatchException.at(
        pointer,
        "expected %s, found %s"
            .formatted(expected, found.getNodeType().name().toLowerCase(Locale.ROOT)));
  }

  private static JsonMismatchException unknownMember(Schema type, JsonNode node, String pointer) {
    List<String> names = type.getFields().stream().map(Schema.Field::name).toList();
    String unknown =
        node.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> !names.contains(name))
            .findFirst()
            .orElseThrow();
    return JsonMismatchException.at(
        child(pointer, unknown), "unknown member, expected " + String.join(", ", names));
  }

  private static String child(String pointer, String member) {
    return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
  }

  private static String child(String pointer, int index) {
    return pointer + "/" + index;
  }
}
