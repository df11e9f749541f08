package io.millrace.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Reads what a problem document (RFC 9457) says to people. */
final class ProblemText {

  private ProblemText() {}

  /** What was asked and what came of it, for an answer that is no success. */
  static RequestFailedException failure(HttpResponse<byte[]> response) {
    return new RequestFailedException(
        "%s %s answered %d%s"
            .formatted(
                response.request().method(),
                response.request().uri().getPath(),
                response.statusCode(),
                of(response.body())),
        response.statusCode());
  }

  private static String of(byte[] body) {
    try {
      JsonNode problem = JsonMapper.builder().build().readTree(body);
      StringBuilder text =
          new StringBuilder(
              ": " + problem.path("title").asText() + " " + problem.path("detail").asText());
      for (JsonNode error : problem.path("errors")) {
        text.append(
            " %s: %s;".formatted(error.path("pointer").asText(), error.path("detail").asText()));
      }
      return text.toString();
    } catch (IOException e) {
      return "";
    }
  }
}
