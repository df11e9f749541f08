package io.millrace.cache;

import org.jspecify.annotations.Nullable;

/** An entry in Redis that Millrace has not written so; the message holds no payload. */
public final class CorruptEntryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CorruptEntryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
