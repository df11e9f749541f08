package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.OtlpReceiver;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which trace a request belongs to, what of it the log gets, and where its spans go. */
@ExtendWith(SharedStack.class)
class TracingIT {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final TestStack stack;
  private final ApiClient client;

  TracingIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  @Test
  void withoutAReceiverTheClientsTraceIsCarriedAsItCame() throws Exception {
    Answer answer = client.post(JOBS, text("never"), "traceparent", TRACE);

    assertThat(answer.header("traceparent")).isEqualTo(TRACE);
    assertThat(carried(answer).value()).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @CsvSource({"not a trace", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
  void anInvalidTraceIsReplaced(String header) throws Exception {
    Answer answer = client.post(JOBS, text("never"), "traceparent", header);

    Traceparent made = new Traceparent(answer.header("traceparent"));
    assertThat(carried(answer)).isEqualTo(made);
    assertThat(made.sampled()).isTrue();
  }

  @Test
  void ofTwoTracesNeitherIsTaken() throws Exception {
    Answer answer = client.post(JOBS, text("never"), "traceparent", TRACE, "traceparent", TRACE);

    assertThat(new Traceparent(answer.header("traceparent")).traceId())
        .isNotEqualTo(new Traceparent(TRACE).traceId());
  }

  @Test
  void everyAnswerNamesItsTrace() throws Exception {
    Answer refused = client.post("/v1/models/unknown/jobs", text("a"), "traceparent", TRACE);
    Answer malformed = client.post(JOBS, "{", "traceparent", TRACE);
    Answer noRoute = client.get("/v1/nothing-there", "traceparent", TRACE);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.header("traceparent")).isEqualTo(TRACE);
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.header("traceparent")).isEqualTo(TRACE);
    assertThat(noRoute.status()).isEqualTo(404);
    assertThat(noRoute.header("traceparent")).isEqualTo(TRACE);
    assertThat(client.get("/v1/models").header("traceparent")).hasSize(55);
  }

  @Test
  void anAcceptSpanIsSentAndTheJobIsItsChild() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      Traceparent taken;
      Traceparent made;
      Answer unsampled;
      try (IngressServer server =
          stack.server(Map.of("millrace.tracing.endpoint", receiver.endpoint()))) {
        ApiClient traced = ready(server);
        taken = carried(traced.post(JOBS, text("never"), "traceparent", TRACE));
        Answer without = traced.post(JOBS, text("never"));
        made = carried(without);
        assertThat(made.traceId())
            .isEqualTo(new Traceparent(without.header("traceparent")).traceId());
        unsampled =
            traced.post(
                JOBS,
                text("never"),
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
      }

      // Closing the server has sent what was left.
      assertThat(receiver.requests()).contains("/v1/traces application/x-protobuf");
      assertThat(receiver.received("accept")).isTrue();
      assertThat(receiver.received("millrace-ingress")).isTrue();
      Traceparent client = new Traceparent(TRACE);
      assertThat(taken.traceId()).isEqualTo(client.traceId());
      assertThat(taken.spanId()).isNotEqualTo(client.spanId());
      assertThat(receiver.receivedId(taken.traceId())).isTrue();
      assertThat(receiver.receivedId(taken.spanId())).isTrue();
      assertThat(receiver.receivedId(client.spanId())).as("the parent").isTrue();
      assertThat(receiver.receivedId(made.traceId())).isTrue();
      assertThat(receiver.receivedId(made.spanId())).isTrue();
      assertThat(unsampled.status()).isEqualTo(202);
      assertThat(receiver.receivedId("0af7651916cd43dd8448eb211c80319c")).isFalse();
    }
  }

  @Test
  void tracesThatAreNotSampledAreMadeAndCarriedButNotRecorded() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      Map<String, Object> settings = new HashMap<>();
      settings.put("millrace.tracing.endpoint", receiver.endpoint());
      settings.put("millrace.tracing.sample-rate", "0");
      try (IngressServer server = stack.server(settings)) {
        Answer answer = ready(server).post(JOBS, text("never"));

        Traceparent made = carried(answer);
        assertThat(made.sampled()).isFalse();
        assertThat(made.value()).isEqualTo(answer.header("traceparent"));
      }
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "millrace.tracing.endpoint, collector:4318, expected none or http(s)://host:port",
    "millrace.tracing.sample-rate, 1.5, expected a number from 0 to 1",
    "millrace.tracing.sample-rate, often, expected a number"
  })
  void aWrongSettingRefusesTheStart(String key, String value, String expected) {
    assertThatThrownBy(() -> stack.server(Map.of(key, value)).close())
        .isInstanceOf(IngressStartException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(expected);
  }

  private static ApiClient ready(IngressServer server) {
    ApiClient client = new ApiClient(server.uri());
    await().atMost(Duration.ofMinutes(2)).until(() -> client.get("/health/ready").status() == 200);
    return client;
  }

  /** The trace of an accepted job in the log, which the record and the command agree on. */
  private Traceparent carried(Answer accepted) throws Exception {
    assertThat(accepted.status()).isEqualTo(202);
    String id = accepted.json().path("id").asText();
    try (KafkaConsumer<byte[], byte[]> consumer = stack.requests()) {
      consumer.seekToBeginning(consumer.assignment());
      ConsumerRecord<byte[], byte[]> record =
          await().atMost(Duration.ofMinutes(1)).until(() -> find(consumer, id), Objects::nonNull);
      InferenceCommand command = MessageCodec.COMMANDS.decode(record.value());
      assertThat(record.headers().lastHeader("traceparent").value())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(command.getTraceparent());
      return new Traceparent(Objects.requireNonNull(command.getTraceparent()));
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> find(
      KafkaConsumer<byte[], byte[]> consumer, String id) throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
      if (MessageCodec.COMMANDS.decode(record.value()).getJobId().equals(id)) {
        return record;
      }
    }
    return null;
  }
}
