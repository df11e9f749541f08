package io.millrace.ingress;

import static io.millrace.ingress.models.DecisionFixture.all;
import static io.millrace.ingress.models.DecisionFixture.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.TensorMetadata;
import io.millrace.schemas.avro.Traffic;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing deployments, starting rollouts and telling them what to do. */
@ExtendWith(SharedStack.class)
final class OperateIT {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  private final TestStack stack;
  private final ApiClient client;

  /** One that no other test knows. */
  private final String model = "operated-" + UUID.randomUUID();

  OperateIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  private String path(String resource) {
    return "/v1/models/" + model + resource;
  }

  private Answer put(String body, String... headers) throws Exception {
    return client.send(
        client
            .request(path("/deployment"), headers)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private Answer post(String action, String body) throws Exception {
    return client.post(path("/rollout/" + action), body.replace('\'', '"'));
  }

  private void deploy() throws Exception {
    Answer answer = put("{'version': '1.0.0'}", "If-None-Match", "*");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  private void register(String version, String... aliases) throws Exception {
    ModelMetadata metadata =
        ModelMetadata.newBuilder()
            .setModel(model)
            .setVersion(version)
            .setTask("text-classification")
            .setPlatform("onnxruntime_onnx")
            .setInputs(List.of(new TensorMetadata("text", Datatype.BYTES, List.of(-1L))))
            .setOutputs(List.of(new TensorMetadata("label", Datatype.BYTES, List.of(-1L))))
            .setSizeBytes(4_711L)
            .setAliases(List.of(aliases))
            .setRegisteredAt(NOW)
            .build();
    stack.write(
        Topic.MODEL_VERSIONS, model + "/" + version, MessageCodec.MODEL_METADATA.encode(metadata));
    eventually(
        () ->
            assertThat(client.get(path("/versions")).response().body())
                .contains("\"version\":\"" + version + "\""));
  }

  private void evaluate(String candidate, boolean passed) throws Exception {
    ModelEvaluation evaluation =
        ModelEvaluation.newBuilder()
            .setId("e-" + candidate)
            .setModel(model)
            .setCandidate(candidate)
            .setProduction("1.0.0")
            .setPassed(passed)
            .setData("test.csv")
            .setDataSha256("0".repeat(64))
            .setRows(100)
            .setMetrics(Map.of())
            .setCreatedAt(NOW)
            .build();
    stack.write(
        Topic.EVALUATIONS,
        model + "/" + candidate + "/1.0.0",
        MessageCodec.MODEL_EVALUATIONS.encode(evaluation));
    eventually(
        () ->
            assertThat(client.get(path("/evaluations")).response().body())
                .contains("e-" + candidate));
  }

  private void decide(RolloutDecision decision) throws Exception {
    stack.write(Topic.ROLLOUTS, model, MessageCodec.ROLLOUT_DECISIONS.encode(decision));
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  @Test
  void deploymentIsMadeAndChanged() throws Exception {
    // When
    Answer first = put("{'version': '1.0.0'}", "If-None-Match", "*");

    // Then
    assertThat(first.status()).as(first.response().body()).isEqualTo(200);
    assertThat(first.header("ETag")).isEqualTo("\"1\"");
    assertThat(first.json().path("updated_by").asText()).isEqualTo("anonymous");
    assertThat(first.json().path("cache_ttl_seconds").asLong()).isEqualTo(3_600);
    assertThat(client.get(path("/rollout")).json().path("phase").asText()).isEqualTo("active");

    // When
    Answer second =
        put(
            """
            {'version': '1.0.0', 'candidate': {'version': '1.1.0', 'weight': 0.1},
             'fallback_version': '0.9.0', 'cache_ttl_seconds': 0, 'stale_ttl_seconds': 60,
             'batching': {'max_batch_size': 8, 'max_batch_delay_ms': 5, 'max_batch_tokens': null},
             'call_timeout_ms': 2000, 'price_per_hour': 1.25}""",
            "If-Match",
            first.header("ETag"));

    // Then: the candidate is new, so it is loaded first.
    JsonNode deployment = second.json();
    assertThat(second.status()).as(second.response().body()).isEqualTo(200);
    assertThat(deployment).isEqualTo(client.get(path("/deployment")).json());
    assertThat(deployment.path("revision").asLong()).isEqualTo(2);
    assertThat(deployment.at("/candidate/weight").asDouble()).isEqualTo(0.1);
    assertThat(deployment.path("batching").toString())
        .isEqualTo("{\"max_batch_size\":8,\"max_batch_tokens\":null,\"max_batch_delay_ms\":5}");
    assertThat(deployment.path("call_timeout_ms").asLong()).isEqualTo(2_000);
    assertThat(deployment.path("price_per_hour").asDouble()).isEqualTo(1.25);
    assertThat(deployment.at("/traffic/candidate").isNull()).isTrue();
    assertThat(client.get(path("/rollout")).json().path("phase").asText()).isEqualTo("loading");
  }

  @Test
  void changeMustSayOfWhichRevisionItIs() throws Exception {
    // Given
    put("{'version': '1.0.0'}", "If-Match", "\"1\"").problem(412, "revision-mismatch");
    deploy();

    // When // Then
    put("{'version': '1.0.0'}").problem(428, "precondition-required");
    put("{'version': '1.0.0'}", "If-Match", "\"2\"").problem(412, "revision-mismatch");
    put("{'version': '1.0.0'}", "If-None-Match", "*").problem(412, "revision-mismatch");
    put("{'version': '1.0.0'}", "If-Match", "*").problem(400, "bad-request");
    put("{'version': '1.0.0'}", "If-Match", "W/\"1\"").problem(400, "bad-request");
    put("{'version': '1.0.0'}", "If-Match", "\"1\"", "If-None-Match", "*")
        .problem(400, "bad-request");
    assertThat(client.get(path("/deployment")).header("ETag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; ``",
        "{'version': 'x'}; /version",
        "{'version': '1.0.0', 'revision': 7}; /revision",
        "{'version': '1.0.0', 'candidate': {'version': '1.0.0'}}; /candidate/version",
        "{'version': '1.0.0', 'candidate': {'weight': 0.5}}; /candidate",
        "{'version': '1.0.0', 'candidate': {'version': '2.0.0', 'weight': -1}}; /candidate/weight",
        "{'version': '1.0.0', 'cache_ttl_seconds': -1}; /cache_ttl_seconds",
        "{'version': '1.0.0', 'cache_ttl_seconds': null}; /cache_ttl_seconds",
        "{'version': '1.0.0', 'batching': {'max_batch_size': 0}}; /batching/max_batch_size",
        "{'version': '1.0.0', 'call_timeout_ms': 0}; /call_timeout_ms",
        "{'version': '1.0.0', 'price_per_hour': -0.1}; /price_per_hour"
      })
  void deploymentThatIsNoneIsRefused(String body, String pointer) throws Exception {
    // When
    Answer answer = put(body, "If-None-Match", "*");

    // Then
    assertThat(answer.problem(422, "invalid-request").at("/errors/0/pointer").asText())
        .isEqualTo(pointer);
    client.get(path("/deployment")).problem(404, "unknown-model");
  }

  @Test
  void versionsOfARegisteredModelMustBeRegisteredAndMayBeAliases() throws Exception {
    // Given
    register("1.0.0", "champion");
    register("1.1.0", "challenger");

    // When
    Answer unknown = put("{'version': '9.9.9'}", "If-None-Match", "*");
    Answer alias =
        put(
            "{'version': 'champion', 'candidate': {'version': 'challenger', 'shadow_share': 1}}",
            "If-None-Match",
            "*");

    // Then
    assertThat(unknown.problem(422, "invalid-request").at("/errors/0/detail").asText())
        .isEqualTo(
            "expected a registered version or an alias; GET /v1/models/%s/versions lists them"
                .formatted(model));
    assertThat(alias.json().path("version").asText()).isEqualTo("1.0.0");
    assertThat(alias.json().at("/candidate/version").asText()).isEqualTo("1.1.0");
    JsonNode versions = client.get(path("/versions")).json().path("versions");
    assertThat(versions.at("/0/role").asText()).isEqualTo("production");
    assertThat(versions.at("/0/size_bytes").asLong()).isEqualTo(4_711);
    assertThat(versions.at("/0/aliases").toString()).isEqualTo("[\"champion\"]");
    assertThat(versions.at("/1/role").asText()).isEqualTo("shadow");
  }

  @Test
  void rolloutStartsWithAPassedEvaluationOrAReason() throws Exception {
    // Given
    deploy();
    evaluate("1.2.0", false);
    evaluate("1.3.0", true);

    // When // Then
    post("start", "{'candidate': '1.0.0'}").problem(422, "invalid-request");
    assertThat(
            post("start", "{'candidate': '1.1.0'}")
                .problem(409, "evaluation-required")
                .path("detail")
                .asText())
        .startsWith("Candidate 1.1.0 has not been evaluated against 1.0.0;");
    assertThat(
            post("start", "{'candidate': '1.2.0'}")
                .problem(409, "evaluation-required")
                .path("detail")
                .asText())
        .startsWith("Candidate 1.2.0 did not pass");

    // When
    Answer started = post("start", "{'candidate': '1.3.0', 'steps': [0.5], 'agreement': null}");

    // Then
    JsonNode rollout = started.json();
    assertThat(started.status()).as(started.response().body()).isEqualTo(202);
    assertThat(rollout.path("revision").asLong()).isEqualTo(2);
    assertThat(rollout.path("phase").asText()).isEqualTo("loading");
    assertThat(rollout.path("candidate").asText()).isEqualTo("1.3.0");
    assertThat(rollout.at("/plan/evaluation_id").asText()).isEqualTo("e-1.3.0");
    assertThat(rollout.at("/plan/steps").toString()).isEqualTo("[0.5]");
    assertThat(rollout.at("/plan/agreement").isNull()).isTrue();

    // And: nothing else is changed meanwhile.
    post("start", "{'candidate': '1.1.0', 'override_evaluation': 'why'}")
        .problem(409, "rollout-running");
    put("{'version': '1.0.0'}", "If-Match", "\"2\"").problem(409, "rollout-running");

    // When
    decide(
        decision(model, 2, 1, RolloutAction.PROMOTE, RolloutPhase.PROMOTED, all("1.3.0")).build());
    eventually(
        () ->
            assertThat(client.get(path("/rollout")).json().path("phase").asText())
                .isEqualTo("promoted"));

    // Then: who read the deployment before the promotion does not take it back unseen.
    put("{'version': '1.0.0'}", "If-Match", "\"2\"").problem(412, "revision-mismatch");
    assertThat(client.get(path("/deployment")).header("ETag")).isEqualTo("\"2.1\"");

    // When
    Answer next =
        post("start", "{'candidate': '1.1.0', 'override_evaluation': 'the old one was better'}");

    // Then: production is what was promoted.
    assertThat(next.status()).as(next.response().body()).isEqualTo(202);
    assertThat(next.json().path("version").asText()).isEqualTo("1.3.0");
    assertThat(next.json().at("/plan/evaluation_override").asText())
        .isEqualTo("the old one was better");
    assertThat(next.json().at("/plan/evaluation_id").isNull()).isTrue();
  }

  @Test
  void commandIsAnsweredWithTheRolloutAfterItsDecision() throws Exception {
    // Given
    deploy();
    post("pause", "").problem(409, "no-rollout");
    post("start", "{'candidate': '1.1.0', 'override_evaluation': 'why'}");
    CompletableFuture<RolloutCommand> command =
        CompletableFuture.supplyAsync(this::answerOneCommand);

    // When
    Answer paused = post("pause", "{'reason': 'lunch'}");

    // Then
    assertThat(paused.status()).as(paused.response().body()).isEqualTo(200);
    assertThat(paused.json().path("paused").asBoolean()).isTrue();
    assertThat(paused.json().at("/decisions/0/action").asText()).isEqualTo("pause");
    RolloutCommand written = command.join();
    assertThat(written.getAction()).isEqualTo(RolloutCommandAction.PAUSE);
    assertThat(written.getRevision()).isEqualTo(2);
    assertThat(written.getReason()).isEqualTo("lunch");
    assertThat(written.getBy()).isEqualTo("anonymous");
  }

  @Test
  void commandThatNobodyAnswersInTimeIsAccepted() throws Exception {
    // Given
    deploy();
    post("start", "{'candidate': '1.1.0', 'override_evaluation': 'why'}");

    // When
    Answer aborted =
        client.send(client.request(path("/rollout/abort")).POST(BodyPublishers.noBody()));

    // Then
    assertThat(aborted.status()).as(aborted.response().body()).isEqualTo(202);
    assertThat(aborted.json().path("phase").asText()).isEqualTo("loading");
  }

  @Test
  void modelThatIsNotDeployedHasNoRolloutToStartOrTell() throws Exception {
    post("start", "{'candidate': '1.1.0'}").problem(404, "unknown-model");
    post("abort", "{}").problem(404, "unknown-model");
    client
        .send(
            client
                .request("/v1/models/No%20Name/deployment", "If-None-Match", "*")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"version\":\"1.0.0\"}")))
        .problem(404, "unknown-model");
  }

  @Test
  void bodyMustBeJson() throws Exception {
    // Given
    deploy();

    // When // Then
    client
        .send(
            client
                .request(path("/rollout/start"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")))
        .problem(415, "unsupported-media-type");
    post("start", "{").problem(400, "malformed-json");
    post("abort", "{'because': 1}").problem(422, "invalid-request");
  }

  /** Does what the rollout controller does with the next command for the model. */
  private RolloutCommand answerOneCommand() {
    try (KafkaConsumer<byte[], byte[]> consumer = stack.committed()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.ROLLOUT_COMMANDS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Instant end = Instant.now().plusSeconds(30);
      while (Instant.now().isBefore(end)) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          RolloutCommand command = MessageCodec.ROLLOUT_COMMANDS.decode(record.value());
          if (command.getModel().equals(model)) {
            decide(
                decision(
                        model,
                        command.getRevision(),
                        1,
                        RolloutAction.PAUSE,
                        RolloutPhase.CANARY,
                        new Traffic("1.0.0", "1.1.0", 0.05, 0.0))
                    .setPaused(true)
                    .setCommandId(command.getId())
                    .build());
            return command;
          }
        }
      }
      throw new IllegalStateException("No command came");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
