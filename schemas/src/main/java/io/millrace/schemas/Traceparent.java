package io.millrace.schemas;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place in a trace that a request comes from.
 *
 * @param value the header's value, valid and of version 00
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
public record Traceparent(String value) {

  /** The name of the header, in HTTP and in Kafka. */
  public static final String HEADER = "traceparent";

  private static final String VERSION = "00";
  private static final int SAMPLED = 1;

  /** Neither of the ids may be all zeros; later versions may add fields at the end. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /**
   * @throws IllegalArgumentException when the value is not valid or of another version
   */
  public Traceparent {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches() || !VERSION.equals(matcher.group(1)) || matcher.group(4) != null) {
      throw new IllegalArgumentException(
          "traceparent: expected 00-<32 hex digits>-<16 hex digits>-<2 hex digits>");
    }
  }

  /**
   * The trace that the header names, as version 00; null when there is none or it is not valid. Of
   * a later version's flags only the one that version 00 knows is taken.
   */
  public static @Nullable Traceparent parse(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher matcher = FORM.matcher(header);
    if (!matcher.matches()) {
      return null;
    }
    if (VERSION.equals(matcher.group(1))) {
      return matcher.group(4) == null ? new Traceparent(header) : null;
    }
    boolean sampled = (Integer.parseInt(matcher.group(3), 16) & SAMPLED) != 0;
    return new Traceparent(VERSION + "-" + matcher.group(2) + suffix(sampled));
  }

  /** A place in a trace. */
  public static Traceparent of(String traceId, String spanId, boolean sampled) {
    return new Traceparent(VERSION + "-" + traceId + "-" + spanId + suffix(sampled));
  }

  /** A new trace. */
  public static Traceparent create(RandomGenerator random, boolean sampled) {
    HexFormat hex = HexFormat.of();
    return of(
        hex.toHexDigits(random.nextLong()) + hex.toHexDigits(nonZero(random)),
        hex.toHexDigits(nonZero(random)),
        sampled);
  }

  /** The value of a trace; null for none. */
  public static @Nullable String valueOf(@Nullable Traceparent trace) {
    return trace == null ? null : trace.value();
  }

  /** 32 hex digits: all that happens for a request. */
  public String traceId() {
    return value.substring(3, 35);
  }

  /** 16 hex digits: the operation that what follows belongs to. */
  public String spanId() {
    return value.substring(36, 52);
  }

  /** Two hex digits. */
  public String flags() {
    return value.substring(53);
  }

  /** Whether the spans of the trace are to be recorded. */
  public boolean sampled() {
    return (Character.digit(value.charAt(value.length() - 1), 16) & SAMPLED) != 0;
  }

  private static String suffix(boolean sampled) {
    return sampled ? "-01" : "-00";
  }

  private static long nonZero(RandomGenerator random) {
    long bits = random.nextLong();
    while (bits == 0) {
      bits = random.nextLong();
    }
    return bits;
  }
}
