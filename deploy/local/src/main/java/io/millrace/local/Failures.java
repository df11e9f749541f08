package io.millrace.local;

import io.millrace.local.terminal.CommandFailedException;

/** Words for failures. */
final class Failures {

  private Failures() {}

  /** One line: the message of a failure that was made for people; else what and why. */
  static String describe(Throwable failure) {
    if (failure instanceof CommandFailedException) {
      return String.valueOf(failure.getMessage());
    }
    String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message;
    Throwable cause = failure.getCause();
    return cause == null || cause.getMessage() == null || text.contains(cause.getMessage())
        ? text
        : text + ": " + cause.getMessage();
  }
}
