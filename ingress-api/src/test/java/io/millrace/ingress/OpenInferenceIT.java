package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.ingress.ApiClient.Answer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol as its clients use it. */
@ExtendWith(SharedStack.class)
final class OpenInferenceIT {

  private static final String INFER = "/v2/models/support-desk/infer";
  private static final String JSON_LENGTH = "Inference-Header-Content-Length";
  private static final String BINARY_TEXT =
      "{\"model_name\":\"support-desk\",\"inputs\":[{\"name\":\"text\",\"shape\":[1],"
          + "\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":7}}]%s}";
  private static final String HEJ = "0300000068656a";

  private final TestStack stack;
  private final IngressServer server;
  private final ApiClient client;

  OpenInferenceIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.server = running.server();
    this.client = running.client();
  }

  @BeforeAll
  static void deploy(SharedStack.Running running) throws Exception {
    running.deployEmbedder();
  }

  @AfterAll
  static void remove(SharedStack.Running running) throws Exception {
    running.removeEmbedder();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v2/"})
  void serverSaysWhatItIs(String path) throws Exception {
    // When
    Answer answer = client.get(path);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("name").asText()).isEqualTo("millrace");
    assertThat(answer.json().path("version").asText()).matches("\\d+\\..*");
    assertThat(answer.json().path("extensions").toString()).isEqualTo("[\"binary_tensor_data\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v2/health/live | {\"live\":true}",
        "/v2/health/ready | {\"live\":true,\"ready\":true}",
        "/v2/models/support-desk/ready | {\"name\":\"support-desk\",\"ready\":true}",
        "/v2/models/embedder/versions/1.0.0/ready | {\"name\":\"embedder\",\"ready\":true}",
        "/v2/models/support-desk | {\"name\":\"support-desk\",\"versions\":[\"1.0.0\"],\"platform\":\"unknown\",\"inputs\":[],\"outputs\":[]}",
        "/v2/models/embedder/versions/1.0.0 | {\"name\":\"embedder\",\"versions\":[\"1.0.0\"],\"platform\":\"onnxruntime_onnx\",\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1]}],\"outputs\":[{\"name\":\"embedding\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]}"
      })
  void serverAndModelsSayWhatTheyAreAndHow(String path, String expected) throws Exception {
    // When
    Answer answer = client.get(path);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEqualTo(expected);
  }

  @Test
  void resultIsWaitedFor() throws Exception {
    // When
    Answer answer =
        client.post(INFER, text("x").replace("{\"inputs\"", "{\"id\":\"42\",\"inputs\""));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header(JSON_LENGTH)).isEmpty();
    JsonNode json = answer.json();
    assertThat(json.path("model_name").asText()).isEqualTo("support-desk");
    assertThat(json.path("model_version").asText()).isEqualTo("1.0.0");
    assertThat(json.path("id").asText()).isEqualTo("42");
    assertThat(json.path("parameters").path("origin").asText()).isEqualTo("computed");
    assertThat(json.path("outputs").toString())
        .isEqualTo(
            "[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"delivery\"]},"
                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                + "\"data\":[0.75,0.25]}]");
    String job = json.path("parameters").path("job_id").asText();
    assertThat(client.get("/v1/jobs/" + job).json().path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void versionOfThePathIsAskedFor() throws Exception {
    // When
    Answer answer = client.post("/v2/models/support-desk/versions/1.0.0/infer", text("x"));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.json().has("id")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "application/x-www-form-urlencoded", ""})
  void rawDataIsReadWhateverItsContentType(String type) throws Exception {
    // When
    HttpResponse<byte[]> answer = binary(type, BINARY_TEXT.formatted(""), HEJ);

    // Then
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    JsonNode json = new ObjectMapper().readTree(answer.body());
    assertThat(json.path("outputs").path(0).path("data").toString()).isEqualTo("[\"delivery\"]");
  }

  @Test
  void allOutputsComeAsRawData() throws Exception {
    // When
    HttpResponse<byte[]> answer =
        binary(
            "application/octet-stream",
            BINARY_TEXT.formatted(",\"parameters\":{\"binary_data_output\":true}"),
            HEJ);

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    int length = Integer.parseInt(answer.headers().firstValue(JSON_LENGTH).orElseThrow());
    JsonNode json = new ObjectMapper().readTree(Arrays.copyOf(answer.body(), length));
    assertThat(json.path("outputs").toString())
        .isEqualTo(
            "[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],"
                + "\"parameters\":{\"binary_data_size\":12}},"
                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                + "\"parameters\":{\"binary_data_size\":8}}]");
    ByteBuffer raw =
        ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(raw.remaining()).isEqualTo(20);
    byte[] label = new byte[raw.getInt()];
    raw.get(label);
    assertThat(new String(label, StandardCharsets.UTF_8)).isEqualTo("delivery");
    assertThat(raw.getFloat()).isEqualTo(0.75f);
    assertThat(raw.getFloat()).isEqualTo(0.25f);
  }

  @Test
  void oneOutputComesAsRawDataBesideAnotherInJson() throws Exception {
    // When
    HttpResponse<byte[]> answer =
        binary(
            "application/octet-stream",
            BINARY_TEXT.formatted(
                ",\"outputs\":[{\"name\":\"label\"},"
                    + "{\"name\":\"probabilities\",\"parameters\":{\"binary_data\":true}}]"),
            HEJ);

    // Then
    int length = Integer.parseInt(answer.headers().firstValue(JSON_LENGTH).orElseThrow());
    JsonNode outputs =
        new ObjectMapper().readTree(Arrays.copyOf(answer.body(), length)).path("outputs");
    assertThat(outputs.path(0).path("data").toString()).isEqualTo("[\"delivery\"]");
    assertThat(outputs.path(1).has("data")).isFalse();
    assertThat(HexFormat.of().formatHex(answer.body(), length, answer.body().length))
        .isEqualTo("0000403f0000803e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000000", "99999999999999999999", "1e2", "x", " "})
  void lengthOfTheJsonThatDoesNotFitIsRefused(String length) throws Exception {
    // When
    Answer answer = client.post(INFER, text("x"), JSON_LENGTH, length);

    // Then
    assertThat(error(answer, 400)).contains(JSON_LENGTH, "expected one number of bytes");
  }

  @Test
  void lengthThatCutsTheJsonIsRefused() throws Exception {
    // When
    Answer answer = client.post(INFER, text("x"), JSON_LENGTH, "10");

    // Then
    assertThat(error(answer, 400)).contains("Line 1, column");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v2/models/support-desk/infer | {\"inputs\":, | 400 | Line 1, column",
        "/v2/models/support-desk/infer | {} | 400 | The body has 1 error. /inputs: expected an",
        "/v2/models/nope/infer | {} | 404 | No model of this name",
        "/v2/models/support-desk/versions/latest/infer | {} | 404 | expected one like 1.0.0",
        "/v2/models/support-desk | {} | 405 | POST is not allowed here, expected",
        "/v2/nope | {} | 404 | nothing under this path",
        "/v2/repository/index | {} | 404 | nothing under this path"
      })
  void errorsAreOneText(String path, String body, int status, String detail) throws Exception {
    // When
    Answer answer = client.post(path, body);

    // Then
    assertThat(error(answer, status)).contains(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/models/nope",
        "/v2/models/nope/ready",
        "/v2/models/embedder/versions/9.0.0",
        "/v2/models/support-desk/versions/9.0.0/ready"
      })
  void modelOrVersionThatIsNotThereIsNotFound(String path) throws Exception {
    assertThat(error(client.get(path), 404)).isNotEmpty();
  }

  @Test
  void errorsOfTheHttpServerAreOneText() throws Exception {
    // When
    Answer large = client.post(INFER, text("x".repeat(1_048_576)));
    Answer type =
        client.send(
            client
                .request(INFER)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(text("x"))));
    Answer accept = client.post(INFER, text("x"), "Accept", "text/html");

    // Then
    assertThat(error(large, 413)).contains("1048576");
    assertThat(error(type, 415)).contains(JSON_LENGTH);
    assertThat(error(accept, 406)).contains("Accept");
  }

  @Test
  void bodyWithoutAContentTypeIsTakenAsJson() throws Exception {
    // When
    Answer answer = client.send(client.request(INFER).POST(BodyPublishers.ofString(text("x"))));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  @Test
  void jobThatFailedIsAnErrorWithItsMessage() throws Exception {
    // When
    Answer answer = client.post(INFER, text("bad"));

    // Then
    assertThat(error(answer, 400)).matches("Job [0-9a-f-]{36}: input 'text' is too long\\.");
  }

  @Test
  void resultThatIsNotThereInTimeNamesTheJobThatGoesOn() throws Exception {
    // Given
    try (IngressServer hasty = stack.server(Map.of("millrace.synchronous.max-wait", "300ms"))) {
      ApiClient crowd = new ApiClient(hasty.uri());
      SharedStack.Running.awaitReady(crowd);

      // When
      String error = error(crowd.post(INFER, text("never")), 504);

      // Then
      String job = error.replaceAll(".*GET (/v1/jobs/[0-9a-f-]{36}) .*", "$1");
      assertThat(crowd.get(job).json().path("status").asText()).isEqualTo("queued");
    }
  }

  @Test
  void callThatFindsNoRoomToWaitIsRefusedBeforeItsJobIsTakenIn() throws Exception {
    // Given
    try (IngressServer small = stack.server(Map.of("millrace.http.max-waiting", 0))) {
      ApiClient crowd = new ApiClient(small.uri());
      SharedStack.Running.awaitReady(crowd);

      // When
      Answer answer = crowd.post(INFER, text("x"));

      // Then
      assertThat(error(answer, 503)).contains("respond-async");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(crowd.get("/metrics").response().body())
          .contains("millrace_jobs_refused_total{reason=\"overloaded\"} 1.0")
          .doesNotContain("millrace_jobs_accepted_total");
      assertThat(crowd.post(INFER, text("x"), "Prefer", "respond-async").status()).isEqualTo(202);
    }
  }

  @Test
  void clientThatDoesNotWaitGetsTheNativeJob() throws Exception {
    // When
    Answer answer = client.post(INFER, text("never"), "Prefer", "respond-async");

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.json().path("status").asText()).isEqualTo("queued");
    assertThat(answer.header("Location"))
        .isEqualTo("/v1/jobs/" + answer.json().path("id").asText());
  }

  @Test
  void clientThatWaitsAWhileGetsTheResultThatIsThereByThen() throws Exception {
    // When
    Answer answer = client.post(INFER, text("x"), "Prefer", "respond-async, wait=30");

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("model_name").asText()).isEqualTo("support-desk");
  }

  private HttpResponse<byte[]> binary(String type, String json, String hex) throws Exception {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.writeBytes(HexFormat.of().parseHex(hex));
    URI uri = server.uri().resolve(INFER);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header(JSON_LENGTH, Integer.toString(head.length))
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Checks that an error is exactly as the protocol says and gives its text. */
  private static String error(Answer answer, int status) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().size()).isEqualTo(1);
    return answer.json().path("error").asText();
  }
}
