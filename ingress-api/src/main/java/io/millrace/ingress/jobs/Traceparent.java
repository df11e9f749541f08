package io.millrace.ingress.jobs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to.
 *
 * @param value the header's value, valid
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
public record Traceparent(String value) {

  /** The name of the header, in HTTP and in Kafka. */
  static final String HEADER = "traceparent";

  /** Version 00, the only one there is; neither of the ids may be all zeros. */
  private static final Pattern VALID =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** The value of a trace; null for none. */
  static @Nullable String valueOf(@Nullable Traceparent trace) {
    return trace == null ? null : trace.value();
  }

  /** The trace that the header names; null when there is none or it is not valid. */
  static @Nullable Traceparent parse(@Nullable String header) {
    return header != null && VALID.matcher(header).matches() ? new Traceparent(header) : null;
  }
}
