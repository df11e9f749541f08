package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submitting and reading jobs, with a real broker and a real Redis. */
final class JobsIT {

  private static TestStack stack;
  private static IngressServer server;
  private static StandInJob job;
  private static ApiClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    stack = TestStack.start(directory);
    server = stack.server(Map.of());
    job = new StandInJob(stack.requests(), stack.store());
    client = new ApiClient(server.uri());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(client.get("/health/ready").response().body()).contains("\"up\""));
  }

  @AfterAll
  static void stop() throws Exception {
    job.close();
    server.close();
    stack.close();
  }

  @Test
  void acceptedJobIsInTheLogWhenTheAnswerArrives() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("never"), "traceparent", TRACE);

    // Then
    JsonNode accepted = answer.json();
    String id = accepted.path("id").asText();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/v1/jobs/" + id);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(accepted.path("status").asText()).isEqualTo("queued");
    ConsumerRecord<byte[], byte[]> record = find(id).orElseThrow();
    InferenceCommand command = MessageCodec.COMMANDS.decode(record.value());
    Submit submit = (Submit) command.getCommand();
    assertThat(new String(record.key(), StandardCharsets.UTF_8))
        .isEqualTo(command.getFingerprint())
        .isEqualTo(Fingerprint.of("default", "support-desk", submit));
    assertThat(record.headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(TRACE);
    assertThat(Tensors.strings(submit.getInputs().get(0))).containsExactly("never");
    assertThat(submit.getVersion()).isNull();
  }

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static Optional<ConsumerRecord<byte[], byte[]>> find(String jobId) throws Exception {
    try (Consumer<byte[], byte[]> requests = stack.requests()) {
      for (int round = 0; round < 20; round++) {
        for (ConsumerRecord<byte[], byte[]> record : requests.poll(Duration.ofMillis(500))) {
          if (MessageCodec.COMMANDS.decode(record.value()).getJobId().equals(jobId)) {
            return Optional.of(record);
          }
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void waitBringsTheResult() throws Exception {
    // When
    Answer answer = client.post(JOBS, text("where is it?"), "Prefer", "wait=10, respond-async");

    // Then
    JsonNode done = answer.json();
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
    assertThat(done.path("status").asText()).isEqualTo("succeeded");
    assertThat(done.path("origin").asText()).isEqualTo("computed");
    assertThat(done.path("outputs").toString())
        .isEqualTo(
            "[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"delivery\"]},"
                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                + "\"data\":[0.75,0.25]}]");
    assertThat(done.has("error")).isFalse();
    assertThat(done.path("timings").path("total_seconds").asDouble()).isEqualTo(0.034);
    assertThat(done.path("timings").path("queue_seconds").asDouble()).isEqualTo(0.012);
    assertThat(done.path("timings").path("batch_size").asInt()).isEqualTo(8);
    assertThat(done.path("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    assertThat(done.path("expires_at").asText()).isNotEmpty();
  }
}
