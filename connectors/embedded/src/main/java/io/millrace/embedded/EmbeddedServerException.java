package io.millrace.embedded;

import org.jspecify.annotations.Nullable;

/** A server that could not be started or stopped; the message says which and why. */
public final class EmbeddedServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
