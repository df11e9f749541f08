package io.millrace.local.demo;

/** A request that the API did not answer as expected; the message holds no payload. */
final class RequestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RequestFailedException(String message) {
    super(message);
  }
}
