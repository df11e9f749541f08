package io.millrace.ingress.v2;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.util.List;

/** Says where the JSON of an inference request ends and raw tensor data begins. */
final class InferHeaders {

  /** Says how many bytes the JSON has, in requests and in responses. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  /** So many digits are never too many for a long. */
  private static final int MAX_DIGITS = 18;

  private InferHeaders() {}

  /**
   * Bytes of JSON at the begin of a body. Clients of the protocol send any content type with raw
   * data, and often none with JSON alone.
   *
   * @param bodyLength bytes of the whole body
   * @throws ProblemException when the headers do not fit the body
   */
  static int jsonLength(HttpRequest<?> request, int bodyLength) {
    List<String> lengths = request.getHeaders().getAll(JSON_LENGTH);
    if (!lengths.isEmpty()) {
      return jsonLength(lengths, bodyLength);
    }
    boolean json =
        request.getContentType().map(MediaType.APPLICATION_JSON_TYPE::equals).orElse(true);
    if (!json) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Expected a body of Content-Type application/json, or the header " + JSON_LENGTH + ".");
    }
    return bodyLength;
  }

  private static int jsonLength(List<String> values, int most) {
    String value = values.get(0).strip();
    boolean number =
        values.size() == 1
            && !value.isEmpty()
            && value.length() <= MAX_DIGITS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    long length = number ? Long.parseLong(value) : -1;
    if (length < 1 || length > most) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST,
          "%s: expected one number of bytes, from 1 to the %d of the body."
              .formatted(JSON_LENGTH, most));
    }
    return (int) length;
  }
}
