package io.millrace.schemas;

/** A tensor whose data does not fit its datatype and shape. The message holds no payload. */
public final class InvalidTensorException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidTensorException(String message) {
    super(message);
  }
}
