package io.millrace.models;

/** Inputs that do not fit the model's signature. The message is for the client: no payload. */
public final class InvalidInputException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }
}
