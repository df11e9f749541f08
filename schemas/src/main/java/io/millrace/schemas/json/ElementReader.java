package io.millrace.schemas.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schemas.avro.Datatype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the elements of one datatype as the Open Inference Protocol writes them in JSON.
 *
 * @param expected what an element looks like, to say when one does not
 */
public record ElementReader(String expected, Conversion conversion) {

  /** Turns the parser's current value into raw data; false when it is not of the datatype. */
  @FunctionalInterface
  public interface Conversion {
    boolean convert(JsonParser parser, RawData raw) throws IOException;
  }

  /**
   * The reader of a datatype's elements.
   *
   * @param maxTextBytes bytes of an element of BYTES at most
   * @throws IllegalArgumentException for FP16, which has no form in JSON
   */
  public static ElementReader of(Datatype datatype, int maxTextBytes) {
    return switch (datatype) {
      case BOOL -> new ElementReader("true or false", ElementReader::bool);
      case UINT8 -> integer(0, 0xFFL, (raw, value) -> raw.putByte((byte) value));
      case UINT16 -> integer(0, 0xFFFFL, (raw, value) -> raw.putShort((short) value));
      case UINT32 -> integer(0, 0xFFFFFFFFL, (raw, value) -> raw.putInt((int) value));
      case UINT64 ->
          new ElementReader("an integer from 0 to 18446744073709551615", ElementReader::uint64);
      case INT8 ->
          integer(Byte.MIN_VALUE, Byte.MAX_VALUE, (raw, value) -> raw.putByte((byte) value));
      case INT16 ->
          integer(Short.MIN_VALUE, Short.MAX_VALUE, (raw, value) -> raw.putShort((short) value));
      case INT32 ->
          integer(Integer.MIN_VALUE, Integer.MAX_VALUE, (raw, value) -> raw.putInt((int) value));
      case INT64 -> integer(Long.MIN_VALUE, Long.MAX_VALUE, RawData::putLong);
      case FP32 ->
          new ElementReader("a number in the range of a 32-bit float", ElementReader::fp32);
      case FP64 ->
          new ElementReader("a number in the range of a 64-bit float", ElementReader::fp64);
      case BYTES ->
          new ElementReader(
              "a string of valid Unicode, at most %d bytes in UTF-8".formatted(maxTextBytes),
              (parser, raw) -> text(parser, raw, maxTextBytes));
      case FP16 -> throw new IllegalArgumentException("FP16 has no form in the protocol's JSON");
    };
  }

  /** Writes the parser's current value to the raw data; false when it is not of the datatype. */
  public boolean read(JsonParser parser, RawData raw) throws IOException {
    return conversion.convert(parser, raw);
  }

  @FunctionalInterface
  private interface Put {
    void put(RawData raw, long value);
  }

  private static ElementReader integer(long least, long most, Put put) {
    return new ElementReader(
        "an integer from %d to %d".formatted(least, most),
        (parser, raw) -> {
          if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)
              || parser.getNumberType() == NumberType.BIG_INTEGER) {
            return false;
          }
          long value = parser.getLongValue();
          if (value < least || value > most) {
            return false;
          }
          put.put(raw, value);
          return true;
        });
  }

  private static boolean bool(JsonParser parser, RawData raw) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      return false;
    }
    raw.putByte((byte) (parser.getBooleanValue() ? 1 : 0));
    return true;
  }

  private static boolean uint64(JsonParser parser, RawData raw) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      return false;
    }
    var value = parser.getBigIntegerValue();
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      return false;
    }
    raw.putLong(value.longValue());
    return true;
  }

  private static boolean fp32(JsonParser parser, RawData raw) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return false;
    }
    float value = parser.getFloatValue();
    if (!Float.isFinite(value)) {
      return false;
    }
    raw.putInt(Float.floatToRawIntBits(value));
    return true;
  }

  private static boolean fp64(JsonParser parser, RawData raw) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return false;
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      return false;
    }
    raw.putLong(Double.doubleToRawLongBits(value));
    return true;
  }

  private static boolean text(JsonParser parser, RawData raw, int maxBytes) throws IOException {
    // No character has less than a byte, so what is far too long is not encoded.
    if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getTextLength() > maxBytes) {
      return false;
    }
    try {
      ByteBuffer utf8 =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(parser.getText()));
      if (utf8.remaining() > maxBytes) {
        return false;
      }
      raw.putElement(utf8);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
