package io.millrace.local.deadletters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What others have written, so that no terminal takes a part of it for a command. */
public final class Printable {

  private static final String NOTHING = "-";

  private Printable() {}

  /** The text with control characters and broken surrogates as dots, cut to a length. */
  public static String text(String text, int length) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u0080-\\u009f]", ".");
    return clean.length() <= length ? clean : clean.substring(0, length - 3) + "...";
  }

  /** Bytes as the text that they are in UTF-8, else in hexadecimal; cut to a length. */
  static String bytes(byte @Nullable [] bytes, int length) {
    if (bytes == null) {
      return NOTHING;
    }
    try {
      return text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), length);
    } catch (CharacterCodingException e) {
      return text("0x" + HexFormat.of().formatHex(bytes), length);
    }
  }
}
