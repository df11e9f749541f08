package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.text;
import static io.millrace.ingress.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submitting many jobs at once. */
@ExtendWith(SharedStack.class)
final class BatchIT {

  private static final String BATCH = "/v1/models/support-desk/jobs:batch";
  private static final String NDJSON = "application/x-ndjson";

  private final ApiClient client;

  BatchIT(SharedStack.Running running) {
    this.client = running.client();
  }

  private Answer post(String type, String body) throws Exception {
    return post(client, type, body);
  }

  private static Answer post(ApiClient client, String type, String body) throws Exception {
    return client.send(
        client.request(BATCH, "Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private static String array(String... items) {
    return "[" + String.join(",\n ", items) + "]";
  }

  @Test
  void eachItemIsAnsweredInOrderAndOneBadOneRefusesNoOther() throws Exception {
    // When
    Answer answer =
        client.post(
            BATCH,
            array(text("one"), "{\"inputs\":[]}", "7", text("two"), text("x".repeat(1_100_000))));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    JsonNode batch = answer.json();
    assertThat(batch.path("accepted").asInt()).isEqualTo(2);
    assertThat(batch.path("refused").asInt()).isEqualTo(3);
    JsonNode items = batch.path("items");
    assertThat(items.findValuesAsText("status"))
        .containsSubsequence("202", "422", "422", "202", "413");
    assertThat(items.at("/0/status").asInt()).isEqualTo(202);
    assertThat(items.at("/0/job/status").asText()).isEqualTo("queued");
    assertThat(items.at("/0").has("problem")).isFalse();
    assertThat(items.at("/1/status").asInt()).isEqualTo(422);
    assertThat(items.at("/1").has("job")).isFalse();
    assertThat(items.at("/1/problem/type").asText())
        .isEqualTo("urn:millrace:problem:invalid-request");
    assertThat(items.at("/1/problem/errors/0/pointer").asText()).isEqualTo("/inputs");
    assertThat(items.at("/2/problem/errors/0/pointer").asText()).isEmpty();
    assertThat(items.at("/3/status").asInt()).isEqualTo(202);
    assertThat(items.at("/4/status").asInt()).isEqualTo(413);
    for (int index : new int[] {0, 3}) {
      Answer job =
          client.get(items.at("/" + index + "/job/urls/self").asText(), "Prefer", "wait=20");
      assertThat(job.json().path("status").asText()).isEqualTo("succeeded");
    }
  }

  @Test
  void lineThatIsNotJsonFailsAlone() throws Exception {
    // When
    Answer answer = post(NDJSON, text("one") + "\n{\"inputs\":\n\n \t\r\n" + text("two") + "\r\n");

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    JsonNode items = answer.json().path("items");
    assertThat(items).hasSize(3);
    assertThat(items.at("/0/status").asInt()).isEqualTo(202);
    assertThat(items.at("/1/status").asInt()).isEqualTo(400);
    assertThat(items.at("/1/problem/type").asText())
        .isEqualTo("urn:millrace:problem:malformed-json");
    assertThat(items.at("/2/status").asInt()).isEqualTo(202);
  }

  @Test
  void brokenArrayIsRefusedBeforeAnythingIsAccepted() throws Exception {
    // Given
    double before = accepted();

    // When
    Answer answer = client.post(BATCH, "[" + text("one") + "," + text("two") + ",{]");

    // Then
    assertThat(answer.problem(400, "malformed-json").path("detail").asText())
        .contains("Line 1, column", "nothing of the batch was accepted");
    assertThat(accepted()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "application/json;     '';        400; malformed-json",
        "application/json;     [];        422; invalid-request",
        "application/json;     {};        422; invalid-request",
        "application/json;     [] [];     400; malformed-json",
        "application/x-ndjson; '';        422; invalid-request",
        "text/plain;           [];        415; unsupported-media-type"
      })
  void whatIsNoBatchIsRefused(String type, String body, int status, String problem)
      throws Exception {
    post(type, body).problem(status, problem);
  }

  @Test
  void batchForAModelThatIsNotThereIsRefusedAsAWhole() throws Exception {
    client.post("/v1/models/nope/jobs:batch", array(text("x"))).problem(404, "unknown-model");
  }

  @Test
  void batchTakesNoIdempotencyKey() throws Exception {
    Answer answer = client.post(BATCH, array(text("x")), "Idempotency-Key", "\"k\"");
    assertThat(answer.problem(400, "bad-request").path("detail").asText()).contains("one by one");
  }

  @Test
  void bodyDeeperThanAnItemMayBeFailsThatItem() throws Exception {
    // When
    Answer answer = client.post(BATCH, array("[".repeat(200) + "]".repeat(200), text("one")));

    // Then
    assertThat(answer.json().at("/items/0/status").asInt()).isEqualTo(400);
    assertThat(answer.json().at("/items/1/status").asInt()).isEqualTo(202);
    client.post(BATCH, "[".repeat(100_000)).problem(400, "malformed-json");
  }

  @Test
  void thousandJobsAreTakenAtOnceAndOneMoreIsTooMany() throws Exception {
    // Given
    List<String> items = new ArrayList<>(Collections.nCopies(1_000, text("text")));

    // When
    Answer answer = client.post(BATCH, array(items.toArray(String[]::new)));
    items.add(text("one more"));
    Answer tooMany = client.post(BATCH, array(items.toArray(String[]::new)));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1_000);
    Set<String> ids = new HashSet<>();
    answer.json().path("items").forEach(item -> ids.add(item.at("/job/id").asText()));
    assertThat(ids).hasSize(1_000);
    assertThat(tooMany.problem(413, "too-large").path("detail").asText()).contains("1000");
  }

  @Test
  void batchMayBeLargerThanARequestButNotThanItsOwnBound() throws Exception {
    // Given
    String large = texts("x".repeat(200_000), 4);
    byte[] tooLarge =
        array(Collections.nCopies(25, large).toArray(String[]::new))
            .getBytes(StandardCharsets.UTF_8);

    // When
    Answer answer = client.post(BATCH, array(large, large, large));
    Answer known =
        client.send(
            client
                .request(BATCH, "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(tooLarge)));
    Answer unknown =
        client.send(
            client
                .request(BATCH, "Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge))));

    // Then
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(3);
    assertThat(known.problem(413, "too-large").path("detail").asText()).contains("16777216");
    assertThat(unknown.problem(413, "too-large").path("detail").asText()).contains("16777216");
  }

  @Test
  void withoutTheLogTheWholeBatchIsRefused(@TempDir Path directory) throws Exception {
    // Given: a server of its own, whose broker is away
    try (TestStack own = TestStack.start(directory);
        IngressServer server = own.server(Map.of("millrace.kafka.delivery-timeout", "1s"))) {
      ApiClient other = new ApiClient(server.uri());
      SharedStack.Running.awaitReady(other);
      own.stopKafka();
      try {
        // When
        Answer answer = post(other, "application/json", array(text("one"), text("two")));

        // Then
        answer.problem(503, "log-unavailable");
      } finally {
        own.startKafka();
      }
    }
  }

  private double accepted() throws Exception {
    return client
        .get("/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith("millrace_jobs_accepted_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
