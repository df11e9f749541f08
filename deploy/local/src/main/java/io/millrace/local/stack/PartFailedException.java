package io.millrace.local.stack;

/** A part of the stack did not start. */
public final class PartFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PartFailedException(String part, Throwable cause) {
    super(part + " did not start: " + message(cause), cause);
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
