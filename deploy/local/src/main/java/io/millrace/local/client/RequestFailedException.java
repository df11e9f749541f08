package io.millrace.local.client;

/** A request that the API did not answer as expected; the message holds no payload. */
public final class RequestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** A failure without an answer. */
  public RequestFailedException(String message) {
    this(message, 0);
  }

  /**
   * A failure.
   *
   * @param status the HTTP status of the answer
   */
  public RequestFailedException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** The HTTP status of the answer; 0 when there was none. */
  public int status() {
    return status;
  }
}
