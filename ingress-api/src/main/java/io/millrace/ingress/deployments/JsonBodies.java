package io.millrace.ingress.deployments;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;

/** Takes the bodies of requests that hold JSON. */
public final class JsonBodies {

  private JsonBodies() {}

  /**
   * The body.
   *
   * @throws ProblemException {@code UNSUPPORTED_MEDIA_TYPE} when it does not say that it is JSON
   */
  public static byte[] required(HttpRequest<byte[]> request) {
    if (request.getContentType().filter(MediaType.APPLICATION_JSON_TYPE::equals).isEmpty()) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Expected a body of Content-Type application/json.");
    }
    return body(request);
  }

  /**
   * The body; of no bytes when there is none.
   *
   * @throws ProblemException {@code UNSUPPORTED_MEDIA_TYPE} as {@link #required}
   */
  public static byte[] optional(HttpRequest<byte[]> request) {
    return body(request).length == 0 ? new byte[0] : required(request);
  }

  private static byte[] body(HttpRequest<byte[]> request) {
    return request.getBody().orElseGet(() -> new byte[0]);
  }
}
