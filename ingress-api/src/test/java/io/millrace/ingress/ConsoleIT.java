package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.ingress.ApiClient.Answer;
import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.models.DecisionFixture;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.ArmCounts;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.MetricGuard;
import io.millrace.schemas.avro.MetricVerdict;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutMetric;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import io.millrace.schemas.avro.Traffic;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console is served, and does in a browser what it should. */
@ExtendWith(SharedStack.class)
final class ConsoleIT {

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Path SCRIPTS = Path.of("src", "test", "node", "console");

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  private final SharedStack.Running running;

  @TempDir private Path directory;

  ConsoleIT(SharedStack.Running running) {
    this.running = running;
  }

  @ParameterizedTest
  @CsvSource({
    "/console, text/html",
    "/console/console.css, text/css",
    "/console/icon.svg, image/svg+xml",
    "/console/js/main.js, javascript",
    "/console/js/views/rollout.js, javascript",
    "/console/assets/chart.umd.min.js, javascript"
  })
  void filesAreServedAndMayDoNothingElse(String path, String type) throws Exception {
    // When
    Answer answer = running.client().get(path);

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(type);
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("script-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void otherAnswersKeepTheirHeaders() throws Exception {
    // When
    Answer answer = running.client().get("/v1/models");

    // Then
    assertThat(answer.header("Content-Security-Policy")).isEmpty();
    assertThat(answer.header("Cache-Control")).isNotEqualTo("no-cache");
  }

  @Test
  void pageNamesNothingElsewhere() throws Exception {
    // When
    String page = running.client().get("/console").response().body();

    // Then
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page).results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(link.group(1)).matches("/console/.*|#.*"));
  }

  /**
   * The files of the server and a stand-in for the API behind them, so that every case can be
   * shown. The screenshots are for people.
   */
  @TestFactory
  Stream<DynamicTest> consoleInABrowser() throws Exception {
    JsonNode checks =
        run("checks.js", running.server().uri().resolve("/console").toString(), "target/console");
    assertThat(checks).isNotEmpty();
    return StreamSupport.stream(checks.spliterator(), false)
        .map(
            check ->
                dynamicTest(
                    check.path("name").asText(),
                    () -> assertThat(check.path("problem").asText(null)).isNull()));
  }

  @Test
  void consoleShowsWhatTheApiSaysToWhoeverHasAKey() throws Exception {
    // Given
    String model = "console-" + UUID.randomUUID();
    TestStack stack = running.stack();
    stack.write(Topic.DEPLOYMENTS, model, MessageCodec.DEPLOYMENTS.encode(rollout(model)));
    stack.write(Topic.ROLLOUTS, model, MessageCodec.ROLLOUT_DECISIONS.encode(step(model)));
    stack.write(
        Topic.EVALUATIONS,
        model + "/1.1.0/1.0.0",
        MessageCodec.MODEL_EVALUATIONS.encode(evaluation(model)));
    ApiKey.Created key = ApiKey.create("acme", EnumSet.of(Scope.READ, Scope.OPERATE), NOW, null);
    StandInReports reports =
        new StandInReports(
            model, Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(31)));
    try (Producer<byte[], byte[]> producer = stack.producer()) {
      reports.publish(producer);
    }
    KeysFile keys = new KeysFile(directory.resolve("keys.yaml"));
    keys.write(AccessKeys.NONE.with(key.key()));

    try (IngressServer server =
        stack.server(Map.of("millrace.access.keys-file", keys.path().toString()))) {
      ApiClient client = new ApiClient(server.uri());
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                String path = "/v1/models/" + model;
                String[] authorization = {"Authorization", "Bearer " + key.text()};
                assertThat(client.get(path + "/rollout", authorization).response().body())
                    .contains("canary");
                assertThat(client.get(path + "/evaluations", authorization).response().body())
                    .contains("e-1");
                assertThat(
                        client
                            .get(path + "/drift?version=1.1.0", authorization)
                            .json()
                            .path("windows"))
                    .hasSize(StandInReports.WINDOWS);
              });

      // When
      JsonNode shown =
          run(
              "live.js",
              server.uri().resolve("/console").toString(),
              model,
              key.text(),
              "target/console/live.png");

      // Then
      assertThat(shown.path("errors")).isEmpty();
      assertThat(shown.path("refused").toString()).isEqualTo("[\"401 /v1/models\"]");
      // Accepted; nobody is here who would decide.
      assertThat(shown.path("paused").asInt()).isEqualTo(202);
      assertThat(text(shown, "models")).contains(model, "1.0.0", "1.1.0", "canary");
      assertThat(text(shown, "model")).contains("Fallback", "0.9.0", "passed", "90.0%", "held.csv");
      assertThat(text(shown, "rollout"))
          .contains("Error rate", "not worse", "+0.10 pp", "\u22120.70 to +0.90 pp")
          .contains("12 of 1,200", "step to 5%", "good enough in shadow");
      // What a client sends is shown as it is.
      assertThat(text(shown, "drift"))
          .contains("token_count", "=cmd|' /C calc'!A0", "drift", "311", "Alerts and deployments");
      assertThat(text(shown, "feature")).contains("jensen shannon", "0.31", "decides", "11.2");
      assertThat(text(shown, "quality")).contains("1.1.0", "93.0%", "below the floor", "refund");
      assertThat(text(shown, "cost")).contains("acme", "have no price", "Saved, batching");
    }
  }

  private static String text(JsonNode shown, String page) {
    return shown.path("texts").path(page).asText();
  }

  private static Deployment rollout(String model) {
    return Deployment.newBuilder()
        .setModel(model)
        .setRevision(4)
        .setVersion("1.0.0")
        .setFallbackVersion("0.9.0")
        .setCandidate(new Candidate("1.1.0", 0.0, 0.0))
        .setRollout(
            RolloutPlan.newBuilder()
                .setErrorRate(new MetricGuard(0.01, 0.02))
                .setEvaluationId("e-1")
                .build())
        .setUpdatedBy("ops")
        .setUpdatedAt(NOW)
        .build();
  }

  private static RolloutDecision step(String model) {
    return DecisionFixture.decision(
            model,
            4,
            2,
            RolloutAction.STEP,
            RolloutPhase.CANARY,
            new Traffic("1.0.0", "1.1.0", 0.05, 0.0))
        .setReason("good enough in shadow")
        .setEvidence(
            List.of(
                MetricEvidence.newBuilder()
                    .setMetric(RolloutMetric.ERROR_RATE)
                    .setProduction(new ArmCounts(1_000L, 9L))
                    .setCandidate(new ArmCounts(1_200L, 12L))
                    .setDifference(0.001)
                    .setLower(-0.007)
                    .setUpper(0.009)
                    .setMargin(0.01)
                    .setAlpha(0.05)
                    .setVerdict(MetricVerdict.NOT_WORSE)
                    .build()))
        .build();
  }

  private static ModelEvaluation evaluation(String model) {
    return ModelEvaluation.newBuilder()
        .setId("e-1")
        .setModel(model)
        .setCandidate("1.1.0")
        .setProduction("1.0.0")
        .setPassed(true)
        .setData("held.csv")
        .setDataSha256("0".repeat(64))
        .setRows(100)
        .setMetrics(Map.of("accuracy_candidate", 0.9, "accuracy_production", 0.89))
        .setCreatedAt(NOW)
        .build();
  }

  private static JsonNode run(String script, String... arguments) throws Exception {
    ProcessBuilder node = TestTools.node(SCRIPTS.resolve(script), TestTools.chromium().toString());
    node.command().addAll(List.of(arguments));
    Finished browser = Finished.run(node, PATIENCE);
    assertThat(browser.status()).as(browser.all()).isZero();
    return new ObjectMapper().readTree(browser.output());
  }
}
