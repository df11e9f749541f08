package io.millrace.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header by which a record says how its value is encoded. */
public final class ContentType {

  /** The header's name. */
  public static final String HEADER = "content-type";

  private static final String JSON = "application/json";

  private ContentType() {}

  /**
   * Whether a header says JSON, which is always UTF-8.
   *
   * @throws DecodeException when it says JSON in another charset
   */
  static boolean isJson(byte @Nullable [] header) throws DecodeException {
    if (header == null) {
      return false;
    }
    String[] parts =
        new String(header, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals(JSON)) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replaceAll("[\\s\"]", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        throw new DecodeException(
            DecodeException.Reason.UNKNOWN_ENCODING,
            "expected charset=utf-8 in the header " + HEADER + ", or no charset",
            null);
      }
    }
    return true;
  }
}
