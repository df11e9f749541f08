package io.millrace.local;

import io.millrace.local.terminal.CommandFailedException;

/** Words for failures. */
final class Failures {

  private Failures() {}

  /** Whether the message says all that there is to know. */
  static boolean isForPeople(Throwable failure) {
    return failure instanceof CommandFailedException;
  }

  /** One line: the message of a failure that was made for people; else what and why. */
  static String describe(Throwable failure) {
    if (isForPeople(failure)) {
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
