package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static io.millrace.ingress.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem. */
@ExtendWith(SharedStack.class)
final class ProblemsIT {

  private final TestStack stack;
  private final IngressServer server;
  private final ApiClient client;

  ProblemsIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.server = running.server();
    this.client = running.client();
  }

  @ParameterizedTest
  @CsvSource({
    "{\"inputs\":, 'Line 1, column'",
    "'', 'The body is empty'",
    "{} {}, 'goes on after'",
    "'{\"a\":1,\"a\":2}', Duplicate"
  })
  void bodyThatIsNotJsonIsRefusedWithItsPlace(String body, String detail) throws Exception {
    // When
    Answer answer = client.post(JOBS, body);

    // Then
    assertThat(answer.problem(400, "malformed-json").path("detail").asText()).contains(detail);
  }

  @Test
  void deeplyNestedBodyIsRefused() throws Exception {
    // When
    Answer answer = client.post(JOBS, "[".repeat(100_000));

    // Then
    answer.problem(400, "malformed-json");
  }

  @Test
  void invalidRequestIsRefusedWithAllThatIsWrong() throws Exception {
    // When
    Answer answer =
        client.post(
            JOBS,
            "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"UINT8\",\"shape\":[2],\"data\":[1,256]}],"
                + "\"extra\":1}");

    // Then
    JsonNode problem = answer.problem(422, "invalid-request");
    assertThat(problem.path("detail").asText()).isEqualTo("The body has 2 errors.");
    assertThat(problem.path("instance").asText()).isEqualTo(JOBS);
    assertThat(problem.path("errors").toString())
        .isEqualTo(
            "[{\"pointer\":\"/inputs/0/data/1\","
                + "\"detail\":\"expected an integer from 0 to 255\"},"
                + "{\"pointer\":\"/extra\","
                + "\"detail\":\"unknown member, expected id, inputs, parameters, outputs, priority,"
                + " deadline, allow_stale, affinity or webhook\"}]");
  }

  @Test
  void unknownModelIsNotFound() throws Exception {
    // When
    Answer answer = client.post("/v1/models/nope/jobs", text("x"));

    // Then
    answer.problem(404, "unknown-model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "latest", "1.0.0-..", "01.0.0"})
  void versionOfAnotherFormIsNotFound(String version) throws Exception {
    // When
    Answer answer = client.post("/v1/models/support-desk/versions/" + version + "/jobs", text("x"));

    // Then
    assertThat(answer.problem(404, "unknown-model").path("detail").asText()).contains("1.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "not-a-uuid, 404, unknown-job",
    "6f9619ff-8b86-4011-b42d-00cf4fc964ff, 404, unknown-job",
    "7fffffff-ffff-7fff-bfff-ffffffffffff, 404, unknown-job",
    "01890a5d-ac96-774b-bcce-b302099a8057, 410, result-expired"
  })
  void jobThatIsNotThereIsUnknownOrGone(String id, int status, String type) throws Exception {
    // When
    Answer answer = client.get("/v1/jobs/" + id, "Prefer", "wait=5");

    // Then
    answer.problem(status, type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/nope", "/docs/nope.js", "/console/nope.js", "/v1/jobs"})
  void unknownPathIsNotFound(String path) throws Exception {
    // When
    Answer answer = client.get(path);

    // Then
    assertThat(answer.problem(404, "not-found").path("instance").asText()).isEqualTo(path);
  }

  @Test
  void unknownMethodIsRefusedWithTheKnownOnes() throws Exception {
    // When
    Answer answer = client.send(client.request(JOBS).method("DELETE", BodyPublishers.noBody()));

    // Then
    JsonNode problem = answer.problem(405, "method-not-allowed");
    assertThat(answer.header("Allow")).isEqualTo("POST");
    assertThat(problem.path("detail").asText())
        .isEqualTo("DELETE is not allowed here, expected POST.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x", "?"})
  void bodyOfAnotherTypeIsRefused(String type) throws Exception {
    // When
    Answer answer =
        client.send(
            client
                .request(JOBS)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(text("x"))));

    // Then
    answer.problem(415, "unsupported-media-type");
  }

  @Test
  void bodyOfNoTypeIsRefused() throws Exception {
    // When
    Answer answer = client.send(client.request(JOBS).POST(BodyPublishers.ofString(text("x"))));

    // Then
    answer.problem(415, "unsupported-media-type");
  }

  @Test
  void bodyWithACharsetIsTaken() throws Exception {
    // When
    Answer answer =
        client.send(
            client
                .request(JOBS)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(text("x"))));

    // Then
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void clientThatAcceptsNoJsonIsRefused() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("x"), "Accept", "text/html");

    // Then
    answer.problem(406, "not-acceptable");
  }

  @Test
  void bodyLargerThanAllowedIsRefused() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("x".repeat(1_048_576)));

    // Then
    assertThat(answer.problem(413, "too-large").path("detail").asText()).contains("1048576");
  }

  @Test
  void bodyOfUnknownLengthIsRefusedWhenItTurnsOutTooLarge() throws Exception {
    // Given
    byte[] body = text("x".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8);

    // When
    Answer answer =
        client.send(
            client
                .request(JOBS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

    // Then
    answer.problem(413, "too-large");
  }

  @Test
  void compressedBodyIsRefusedWhenItTurnsOutTooLarge() throws Exception {
    // Given
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(new byte[200_000_000]);
    }

    // When
    Answer answer =
        client.send(
            client
                .request(JOBS)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(compressed.toByteArray())));

    // Then
    answer.problem(413, "too-large");
  }

  @Test
  void compressedBodyIsTaken() throws Exception {
    // Given
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(text("x").getBytes(StandardCharsets.UTF_8));
    }

    // When
    Answer answer =
        client.send(
            client
                .request(JOBS)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(compressed.toByteArray())));

    // Then
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void bodyThatIsNotEncodedAsItSaysIsRefused() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("x"), "Content-Encoding", "gzip");

    // Then
    answer.problem(400, "bad-request");
  }

  @Test
  void pageOfAnotherSiteIsRefused() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("x"), "Origin", "https://elsewhere.example");

    // Then
    answer.problem(403, "forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept-Language", "Accept-Charset"})
  void headerOfNoUseIsPassedOver(String header) throws Exception {
    // When
    Answer answer = client.post(JOBS, text("x"), header, ",");

    // Then
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void bodyOfAlmostTheLargestSizeIsTaken() throws Exception {
    // When
    Answer answer = client.post(JOBS, texts("x".repeat(262_000), 4));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/%zz HTTP/1.1, 400",
    "GET /v1/jobs/%00 HTTP/1.1, 404",
    "GET /docs/%2e%2e/application.yml HTTP/1.1, 404",
    "GET /docs/assets/..%2f..%2f..%2f..%2f..%2fapplication.yml HTTP/1.1, 404"
  })
  void strangeRequestLineIsAnsweredWithAProblem(String line, int status) throws Exception {
    // When
    String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
  }

  @Test
  void pathTooLongIsRefused() throws Exception {
    // When
    String answer =
        raw(
            "GET /v1/"
                + "a".repeat(20_000)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer).contains(" 413 ", "application/problem+json", "problem:too-large");
  }

  @Test
  void moreInFlightThanAllowedIsRefused() throws Exception {
    // Given
    try (IngressServer small =
        stack.server(Map.of("millrace.http.max-in-flight", 1, "millrace.kafka.linger", "500ms"))) {
      ApiClient crowd = new ApiClient(small.uri());
      SharedStack.Running.awaitReady(crowd);
      var first = crowd.postAsync(JOBS, text("first"), "Prefer", "wait=10");
      await().until(() -> crowd.metric("millrace_http_in_flight") == 1.0);

      // When
      Answer second = crowd.post(JOBS, text("second"));

      // Then
      second.problem(503, "overloaded");
      assertThat(first.get()).isNotEmpty();
      assertThat(crowd.get("/metrics").response().body())
          .contains("millrace_jobs_refused_total{reason=\"overloaded\"} 1.0");
    }
  }

  @Test
  void moreWaitingThanAllowedIsAnsweredWithoutWaiting() throws Exception {
    // Given
    try (IngressServer small = stack.server(Map.of("millrace.http.max-waiting", 0))) {
      ApiClient crowd = new ApiClient(small.uri());
      SharedStack.Running.awaitReady(crowd);

      // When
      Answer answer = crowd.post(JOBS, text("never"), "Prefer", "wait=20");

      // Then
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.header("Preference-Applied")).isEmpty();
    }
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] answer = new byte[4_096];
      int length = in.readNBytes(answer, 0, answer.length);
      return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
  }
}
