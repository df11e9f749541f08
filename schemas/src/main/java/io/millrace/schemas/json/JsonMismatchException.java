package io.millrace.schemas.json;

/** JSON that is not of its schema. The message names the place and what was expected there. */
public final class JsonMismatchException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MAX_POINTER = 300;

  JsonMismatchException(String message) {
    super(message);
  }

  static JsonMismatchException at(String pointer, String detail) {
    String place =
        pointer.length() > MAX_POINTER ? pointer.substring(0, MAX_POINTER) + "..." : pointer;
    return new JsonMismatchException((place.isEmpty() ? "the value" : place) + ": " + detail);
  }
}
