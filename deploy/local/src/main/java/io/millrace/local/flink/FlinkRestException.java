package io.millrace.local.flink;

/** Flink's REST API did not do what it was asked; the message is Flink's own where there is one. */
public final class FlinkRestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** No HTTP status: there was no answer. */
  public static final int NO_ANSWER = 0;

  private final int status;

  FlinkRestException(String message, int status) {
    super(message);
    this.status = status;
  }

  FlinkRestException(String message, Throwable cause) {
    super(message, cause);
    this.status = NO_ANSWER;
  }

  /** The HTTP status; {@link #NO_ANSWER} when there was no answer. */
  public int status() {
    return status;
  }
}
