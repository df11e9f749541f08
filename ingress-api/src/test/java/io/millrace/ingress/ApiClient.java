package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;

/** Talks to the API as any client does. */
final class ApiClient {

  static final String JOBS = "/v1/models/support-desk/jobs";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;

  ApiClient(URI uri) {
    this.uri = uri;
  }

  /** A request body with one text. */
  static String text(String text) throws IOException {
    return "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":["
        + JSON.writeValueAsString(text)
        + "]}]}";
  }

  /** A request body with the same text several times. */
  static String texts(String text, int count) throws IOException {
    return "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":["
        + count
        + "],\"data\":"
        + JSON.writeValueAsString(Collections.nCopies(count, text))
        + "}]}";
  }

  Answer post(String path, String body, String... headers) throws Exception {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  Answer get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  Answer send(HttpRequest.Builder request) throws Exception {
    return new Answer(http.send(request.build(), BodyHandlers.ofString()));
  }

  /** Submits without waiting for the answer; gives the job's id, and fails unless it succeeded. */
  CompletableFuture<String> postAsync(String path, String body, String... headers) {
    HttpRequest request =
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(
            response -> {
              JsonNode job = new Answer(response).json();
              assertThat(job.path("status").asText()).as(response.body()).isEqualTo("succeeded");
              return job.path("id").asText();
            });
  }

  CompletableFuture<HttpResponse<String>> sendAsync(String path, String body, String... headers) {
    return http.sendAsync(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** The value of a metric without labels. */
  double metric(String name) throws Exception {
    return get("/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Checks that this is a whole problem and returns it. */
    JsonNode problem(int status, String type) {
      assertThat(response.body()).isNotEmpty();
      JsonNode problem = json();
      assertThat(status()).as(response.body()).isEqualTo(status);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(problem.path("type").asText()).isEqualTo("urn:millrace:problem:" + type);
      assertThat(problem.path("title").asText()).isNotEmpty();
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("detail").asText()).isNotEmpty();
      assertThat(problem.path("instance").asText()).startsWith("/");
      assertThat(header("Retry-After")).isEqualTo(status == 503 ? "1" : "");
      return problem;
    }
  }
}
