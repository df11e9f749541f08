package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.TensorMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is registered, and what it is good for: early refusals and feedback. */
@ExtendWith(SharedStack.class)
final class ModelsIT {

  private static final String MODEL = "registered";
  private static final String JOBS = "/v1/models/registered/jobs";

  private final TestStack stack;
  private final ApiClient client;

  ModelsIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  @BeforeEach
  void register() throws Exception {
    register("1.10.0");
    register("1.0.0");
    stack.deploy(MODEL, "1.0.0", 1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                client.get("/v1/models/registered").json().path("production").isObject()
                    && client.get("/v1/models/registered").json().path("versions").size() == 2);
  }

  private void register(String version) throws Exception {
    ModelMetadata metadata =
        ModelMetadata.newBuilder()
            .setModel(MODEL)
            .setVersion(version)
            .setTask("text-classification")
            .setPlatform("onnxruntime_onnx")
            .setInputs(List.of(new TensorMetadata("text", Datatype.BYTES, List.of(-1L))))
            .setOutputs(
                List.of(
                    new TensorMetadata("label", Datatype.BYTES, List.of(-1L)),
                    new TensorMetadata("probabilities", Datatype.FP32, List.of(-1L, 2L))))
            .setLabels(List.of("delivery", "refund"))
            .setBaseline(Map.of("accuracy", 0.93))
            .setRegisteredAt(Instant.parse("2026-11-01T10:00:00Z"))
            .build();
    stack.write(
        Topic.MODEL_VERSIONS, MODEL + "/" + version, MessageCodec.MODEL_METADATA.encode(metadata));
  }

  @Test
  void modelIsReadWithItsVersions() throws Exception {
    // When
    JsonNode model = client.get("/v1/models/registered").json();
    JsonNode versions = client.get("/v1/models/registered/versions").json().path("versions");

    // Then
    assertThat(model.path("version").asText()).isEqualTo("1.0.0");
    assertThat(model.path("versions").toString()).isEqualTo("[\"1.0.0\",\"1.10.0\"]");
    assertThat(model.at("/production/labels/1").asText()).isEqualTo("refund");
    assertThat(versions).hasSize(2);
    assertThat(versions.at("/0/role").asText()).isEqualTo("production");
    assertThat(versions.at("/0/task").asText()).isEqualTo("text-classification");
    assertThat(versions.at("/0/inputs").toString())
        .isEqualTo("[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
    assertThat(versions.at("/0/baseline/accuracy").asDouble()).isEqualTo(0.93);
    assertThat(versions.at("/1/version").asText()).isEqualTo("1.10.0");
    assertThat(versions.at("/1/role").isNull()).isTrue();
    client.get("/v1/models/nope").problem(404, "unknown-model");
    client.get("/v1/models/nope/versions").problem(404, "unknown-model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "text;BYTES;[\"x\"];nope;                /outputs/0/name;    expected one of 'label', 'probabilities'",
        "other;BYTES;[\"x\"];label;              /inputs/0/name;     expected one of 'text'",
        "text;INT8;[1];label;                    /inputs/0/datatype; expected BYTES, found INT8"
      })
  void requestThatDoesNotFitTheSignatureIsRefusedEarly(
      String name, String datatype, String data, String output, String pointer, String detail)
      throws Exception {
    // When
    Answer answer =
        client.post(
            JOBS,
            ("{\"inputs\":[{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[1],\"data\":%s}],"
                    + "\"outputs\":[{\"name\":\"%s\"}]}")
                .formatted(name, datatype, data, output));

    // Then
    JsonNode first = answer.problem(422, "invalid-request").at("/errors/0");
    assertThat(first.path("pointer").asText()).isEqualTo(pointer);
    assertThat(first.path("detail").asText()).isEqualTo(detail);
  }

  @Test
  void pinnedVersionThatIsNotRegisteredIsUnknown() throws Exception {
    client
        .post("/v1/models/registered/versions/9.9.9/jobs", text("x"))
        .problem(404, "unknown-model");
    assertThat(client.post("/v1/models/registered/versions/1.10.0/jobs", text("never")).status())
        .isEqualTo(202);
  }

  @Test
  void feedbackIsInTheLogWhenTheAnswerArrives() throws Exception {
    // Given
    String job = job("quick");

    // When
    Answer label = client.post(job + "/feedback", "{\"label\":\"refund\"}");
    Answer outputs =
        client.post(
            job + "/feedback",
            "{\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],"
                + "\"data\":[\"refund\"]}]}");

    // Then
    assertThat(label.status()).as(label.response().body()).isEqualTo(202);
    assertThat(outputs.status()).as(outputs.response().body()).isEqualTo(202);
    assertThat(job).endsWith(label.json().path("job_id").asText());
    List<Feedback> given = feedback(label.json().path("job_id").asText());
    assertThat(given).hasSize(2);
    assertThat(given.get(0).getLabel()).isEqualTo("refund");
    assertThat(given.get(0).getTenant()).isEqualTo("default");
    assertThat(given.get(0).getModel()).isEqualTo(MODEL);
    assertThat(given.get(1).getLabel()).isNull();
    assertThat(given.get(1).getOutputs()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"label\":\"nope\"};                422; invalid-request; /label",
        "{\"label\":7};                       422; invalid-request; /label",
        "{};                                  422; invalid-request; ''",
        "{\"label\":\"refund\",\"outputs\":[]}; 422; invalid-request; /outputs",
        "{\"extra\":1,\"label\":\"refund\"};  422; invalid-request; /extra",
        "{;                                   400; malformed-json;  ''"
      })
  void feedbackThatIsNoneIsRefused(String body, int status, String type, String pointer)
      throws Exception {
    // When
    Answer answer = client.post(job("quick") + "/feedback", body);

    // Then
    assertThat(answer.problem(status, type).at("/errors/0/pointer").asText()).isEqualTo(pointer);
  }

  @Test
  void jobWithoutAnAnswerTakesNoFeedback() throws Exception {
    String waiting = client.post(JOBS, text("never")).header("Location");
    String unknown = "/v1/jobs/7fffffff-ffff-7fff-bfff-ffffffffffff";

    client.post(waiting + "/feedback", "{\"label\":\"refund\"}").problem(409, "not-answered");
    client.post(job("bad") + "/feedback", "{\"label\":\"refund\"}").problem(409, "not-answered");
    client.post(unknown + "/feedback", "{\"label\":\"refund\"}").problem(404, "unknown-job");
  }

  private String job(String text) throws Exception {
    return client.post(JOBS, text(text), "Prefer", "wait=20").json().at("/urls/self").asText();
  }

  private List<Feedback> feedback(String job) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = stack.requests()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.FEEDBACK.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      var ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      List<Feedback> found = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(500))) {
          Feedback feedback = MessageCodec.FEEDBACK.decode(record.value());
          if (feedback.getJobId().equals(job)) {
            found.add(feedback);
          }
        }
      }
      return found;
    }
  }
}
