package io.millrace.schemas;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a message of the expected contract. The message holds no payload. */
public final class DecodeException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why the bytes were refused. */
  public enum Reason {
    /** No value, or one of no bytes. */
    EMPTY_VALUE,
    /** The bytes do not start as the single-object encoding does. */
    UNKNOWN_ENCODING,
    /** Written by a schema that is in no history. */
    UNKNOWN_SCHEMA,
    /** The body does not match the schema that it names. */
    MALFORMED
  }

  private final Reason reason;

  DecodeException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
