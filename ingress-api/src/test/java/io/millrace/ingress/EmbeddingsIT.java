package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAI's embeddings; the stand-in's vectors begin with the length of their text. */
@ExtendWith(SharedStack.class)
final class EmbeddingsIT {

  private static final String PATH = "/v1/embeddings";

  private final TestStack stack;
  private final ApiClient client;

  EmbeddingsIT(SharedStack.Running running) {
    this.stack = running.stack();
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

  @Test
  void eachTextHasItsVectorInOrder() throws Exception {
    // When
    Answer answer =
        client.post(PATH, "{\"model\":\"embedder\",\"input\":[\"one\",\"three\",\"x\"]}");

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.response().body())
        .isEqualTo(
            "{\"object\":\"list\",\"data\":["
                + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[3.0,0.5,-0.25]},"
                + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[5.0,0.5,-0.25]},"
                + "{\"object\":\"embedding\",\"index\":2,\"embedding\":[1.0,0.5,-0.25]}],"
                + "\"model\":\"embedder\",\"usage\":{\"prompt_tokens\":42,\"total_tokens\":42}}");
  }

  @Test
  void vectorComesInBase64() throws Exception {
    // When
    Answer answer =
        client.post(
            PATH,
            "{\"model\":\"embedder\",\"input\":\"seven!!\",\"encoding_format\":\"base64\","
                + "\"dimensions\":3,\"user\":\"user-1\"}");

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    ByteBuffer raw =
        ByteBuffer.wrap(
                Base64.getDecoder()
                    .decode(answer.json().path("data").path(0).path("embedding").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(raw.remaining()).isEqualTo(12);
    assertThat(raw.getFloat()).isEqualTo(7.0f);
    assertThat(raw.getFloat()).isEqualTo(0.5f);
    assertThat(raw.getFloat()).isEqualTo(-0.25f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "{\"model\":\"embedder\",\"input\":[1,2,3]} | 400 | input[0] | invalid_request | send texts",
        "{\"model\":\"embedder\",\"input\":[\"a\",[1,2]]} | 400 | input[1] | invalid_request |"
            + " send texts",
        "{\"model\":\"embedder\",\"input\":\"\"} | 400 | input | invalid_request | 1 character",
        "{\"model\":\"embedder\",\"input\":[]} | 400 | input | invalid_request | 1 to 2048",
        "{\"model\":\"embedder\"} | 400 | input | invalid_request | found nothing",
        "{\"input\":\"a\"} | 400 | model | invalid_request | found nothing",
        "{\"model\":\"embedder\",\"input\":\"a\",\"dimensions\":2} | 400 | dimensions |"
            + " invalid_request | expected 3",
        "{\"model\":\"embedder\",\"input\":\"a\",\"dimensions\":0} | 400 | dimensions |"
            + " invalid_request | at least 1",
        "{\"model\":\"embedder\",\"input\":\"a\",\"encoding_format\":\"hex\"} | 400 |"
            + " encoding_format | invalid_request | float or base64",
        "{\"model\":\"embedder\",\"input\":\"a\",\"n\":1} | 400 | n | invalid_request | unknown",
        "{\"model\":\"support-desk\",\"input\":\"a\"} | 400 | model | model_not_embedding |"
            + " text-embedding",
        "{\"model\":\"nope\",\"input\":\"a\"} | 404 | model | model_not_found | No model",
        "{\"model\":\"embedder\",\"input\":[\"good\",\"bad\"]} | 400 | input[1] | input_refused |"
            + " too long",
        "{\"model\": | 400 | null | malformed_json | Line 1",
        "[] | 400 | null | invalid_request | expected an object"
      })
  void errorsAreThoseThatClientsKnow(
      String body, int status, String param, String code, String message) throws Exception {
    // When
    Answer answer = client.post(PATH, body);

    // Then
    JsonNode error = error(answer, status);
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").textValue()).isEqualTo(param);
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(message);
  }

  @Test
  void errorsOfTheHttpServerAreOfTheSameForm() throws Exception {
    // When
    Answer method = client.get(PATH);
    Answer path = client.get(PATH + "/nope");
    Answer type =
        client.send(
            client
                .request(PATH)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));

    // Then
    assertThat(error(method, 405).path("code").asText()).isEqualTo("method_not_allowed");
    assertThat(error(path, 404).path("code").asText()).isEqualTo("not_found");
    assertThat(error(type, 415).path("code").asText()).isEqualTo("unsupported_media_type");
  }

  @Test
  void embeddingsThatAreNotThereInTimeAreAnErrorOfTheServer() throws Exception {
    // Given
    try (IngressServer hasty = stack.server(Map.of("millrace.synchronous.max-wait", "300ms"))) {
      ApiClient crowd = new ApiClient(hasty.uri());
      SharedStack.Running.awaitReady(crowd);
      SharedStack.Running.awaitEmbedder(crowd);

      // When
      Answer answer = crowd.post(PATH, "{\"model\":\"embedder\",\"input\":[\"a\",\"never\"]}");

      // Then
      assertThat(error(answer, 504).path("type").asText()).isEqualTo("server_error");
    }
  }

  private static JsonNode error(Answer answer, int status) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().size()).isEqualTo(1);
    assertThat(answer.json().path("error").size()).isEqualTo(4);
    return answer.json().path("error");
  }
}
