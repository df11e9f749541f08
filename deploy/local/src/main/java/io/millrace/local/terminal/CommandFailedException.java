package io.millrace.local.terminal;

import org.jspecify.annotations.Nullable;

/** A run that failed, with a message for the person at the terminal; the exit code is 1. */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
