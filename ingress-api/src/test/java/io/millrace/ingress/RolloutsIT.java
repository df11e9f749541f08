package io.millrace.ingress;

import static io.millrace.ingress.models.DecisionFixture.all;
import static io.millrace.ingress.models.DecisionFixture.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cache.RedisRolloutStatusStore;
import io.millrace.cache.RolloutStatusStore;
import io.millrace.ingress.ApiClient.Answer;
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
import io.millrace.schemas.avro.RolloutStatus;
import io.millrace.schemas.avro.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How deployments, rollouts and evaluations are read. */
@ExtendWith(SharedStack.class)
final class RolloutsIT {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  private final TestStack stack;
  private final ApiClient client;

  /** One that no other test knows. */
  private final String model = "rollout-" + UUID.randomUUID();

  RolloutsIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.client = running.client();
  }

  private void deploy(Deployment deployment) throws Exception {
    stack.write(Topic.DEPLOYMENTS, model, MessageCodec.DEPLOYMENTS.encode(deployment));
  }

  private void decide(RolloutDecision decision) throws Exception {
    stack.write(Topic.ROLLOUTS, model, MessageCodec.ROLLOUT_DECISIONS.encode(decision));
  }

  private Deployment.Builder deployment(long revision) {
    return Deployment.newBuilder()
        .setModel(model)
        .setRevision(revision)
        .setVersion("1.0.0")
        .setUpdatedBy("ops")
        .setUpdatedAt(NOW);
  }

  private Deployment rollout(long revision) {
    return deployment(revision)
        .setCandidate(new Candidate("1.1.0", 0.0, 0.0))
        .setRollout(
            RolloutPlan.newBuilder()
                .setErrorRate(new MetricGuard(0.01, 0.02))
                .setLatency(new MetricGuard(0.05, 0.05))
                .setLatencyThresholdSeconds(0.25)
                .setEvaluationId("e-1")
                .build())
        .build();
  }

  private JsonNode read(String path) throws Exception {
    Answer answer = client.get("/v1/models/" + model + path);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }

  @Test
  void deploymentIsReadWithItsRevisionAsEntityTag() throws Exception {
    // When
    deploy(rollout(1));

    // Then
    eventually(() -> read("/deployment"));
    Answer answer = client.get("/v1/models/" + model + "/deployment");
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    JsonNode deployment = answer.json();
    assertThat(deployment.path("version").asText()).isEqualTo("1.0.0");
    assertThat(deployment.path("candidate").toString())
        .isEqualTo("{\"version\":\"1.1.0\",\"weight\":0.0,\"shadow_share\":0.0}");
    assertThat(deployment.path("cache_ttl_seconds").asLong()).isEqualTo(3_600);
    assertThat(deployment.path("batching").isNull()).isTrue();
    assertThat(deployment.at("/rollout/latency/threshold_seconds").asDouble()).isEqualTo(0.25);
    assertThat(deployment.at("/rollout/accuracy").isNull()).isTrue();
    assertThat(deployment.path("traffic").toString())
        .isEqualTo(
            "{\"version\":\"1.0.0\",\"candidate\":null,\"weight\":0.0,\"shadow_share\":0.0}");
    assertThat(deployment.path("updated_by").asText()).isEqualTo("ops");
  }

  @Test
  void modelThatIsNotDeployedHasNeither() throws Exception {
    client.get("/v1/models/nope/deployment").problem(404, "unknown-model");
    client.get("/v1/models/nope/rollout").problem(404, "unknown-model");
    client.get("/v1/models/nope/evaluations").problem(404, "unknown-model");
  }

  @Test
  void modelWithoutARolloutIsActive() throws Exception {
    // When
    deploy(deployment(1).build());

    // Then
    eventually(() -> assertThat(read("/rollout").path("phase").asText()).isEqualTo("active"));
    JsonNode rollout = read("/rollout");
    assertThat(rollout.path("plan").isNull()).isTrue();
    assertThat(rollout.path("candidate").isNull()).isTrue();
    assertThat(rollout.path("step").asInt()).isEqualTo(-1);
    assertThat(rollout.path("decisions")).isEmpty();
    assertThat(rollout.path("history")).isEmpty();
  }

  @Test
  void rolloutTellsItsDecisionsAndAfterAPromotionTheCandidateIsInProduction() throws Exception {
    // Given
    deploy(deployment(1).build());
    deploy(rollout(2));
    eventually(() -> assertThat(read("/rollout").path("phase").asText()).isEqualTo("loading"));
    MetricEvidence evidence =
        MetricEvidence.newBuilder()
            .setMetric(RolloutMetric.ERROR_RATE)
            .setProduction(new ArmCounts(1_000L, 10L))
            .setCandidate(new ArmCounts(1_200L, 12L))
            .setDifference(0.0)
            .setLower(-0.008)
            .setUpper(0.008)
            .setMargin(0.01)
            .setAlpha(0.025)
            .setVerdict(MetricVerdict.NOT_WORSE)
            .build();

    // When
    decide(
        decision(
                model,
                2,
                1,
                RolloutAction.STEP,
                RolloutPhase.CANARY,
                new Traffic("1.0.0", "1.1.0", 0.05, 0.0))
            .build());

    // Then
    eventually(() -> assertThat(read("/rollout").path("phase").asText()).isEqualTo("canary"));
    JsonNode canary = read("/rollout");
    assertThat(canary.path("step").asInt()).isZero();
    assertThat(canary.at("/traffic/weight").asDouble()).isEqualTo(0.05);
    assertThat(canary.at("/plan/steps").toString()).isEqualTo("[0.05,0.25,0.5]");
    assertThat(read("").path("version").asText()).isEqualTo("1.0.0");

    // When
    decide(
        decision(model, 2, 2, RolloutAction.PROMOTE, RolloutPhase.PROMOTED, all("1.1.0"))
            .setEvidence(List.of(evidence))
            .build());

    // Then
    eventually(() -> assertThat(read("/rollout").path("phase").asText()).isEqualTo("promoted"));
    JsonNode promoted = read("/rollout");
    assertThat(promoted.path("candidate").asText()).isEqualTo("1.1.0");
    assertThat(promoted.path("decisions")).hasSize(2);
    assertThat(promoted.at("/decisions/0/action").asText()).isEqualTo("promote");
    assertThat(promoted.at("/decisions/1/reason").asText()).isEqualTo("because of 1");
    assertThat(promoted.at("/evidence/0/metric").asText()).isEqualTo("error_rate");
    assertThat(promoted.at("/evidence/0/verdict").asText()).isEqualTo("not_worse");
    assertThat(promoted.at("/evidence/0/candidate/observations").asLong()).isEqualTo(1_200);
    assertThat(read("").path("version").asText()).isEqualTo("1.1.0");
    assertThat(read("/deployment").path("version").asText()).isEqualTo("1.1.0");
    assertThat(read("/deployment").path("rollout").isNull()).isTrue();
    assertThat(read("/deployment").path("candidate").isNull()).isTrue();
    assertThat(client.get("/v2/models/" + model).json().path("versions").toString())
        .isEqualTo("[\"1.1.0\"]");
  }

  @Test
  void evidenceBetweenDecisionsIsTheLatestThatTheControllerTold() throws Exception {
    // Given
    deploy(rollout(1));
    eventually(() -> read("/rollout"));
    try (RolloutStatusStore store = RedisRolloutStatusStore.open(stack.redisConfig())) {
      for (int i = 1; i <= 2; i++) {
        store
            .append(
                RolloutStatus.newBuilder()
                    .setModel(model)
                    .setRevision(1)
                    .setPhase(RolloutPhase.SHADOW)
                    .setLoaded(2)
                    .setSubtasks(2)
                    .setEvidence(
                        List.of(
                            MetricEvidence.newBuilder()
                                .setMetric(RolloutMetric.AGREEMENT)
                                .setProduction(new ArmCounts(0L, 0L))
                                .setCandidate(new ArmCounts(100L * i, 1L))
                                .setMargin(0)
                                .setAlpha(0.0125)
                                .setVerdict(MetricVerdict.INSUFFICIENT)
                                .build()))
                    .setAt(NOW.plusSeconds(i))
                    .build())
            .join();
      }
    }

    // When
    JsonNode rollout = read("/rollout");

    // Then
    assertThat(rollout.path("loaded").asInt()).isEqualTo(2);
    assertThat(rollout.path("subtasks").asInt()).isEqualTo(2);
    assertThat(rollout.path("history")).hasSize(2);
    assertThat(rollout.at("/history/0/phase").asText()).isEqualTo("shadow");
    assertThat(rollout.at("/history/0/evidence/0/candidate/observations").asLong()).isEqualTo(100);
    assertThat(rollout.at("/evidence/0/candidate/observations").asLong()).isEqualTo(200);
    assertThat(rollout.at("/evidence/0/verdict").asText()).isEqualTo("insufficient");
  }

  @Test
  void evaluationsAreListedTheNewestFirst() throws Exception {
    // Given
    deploy(deployment(1).build());
    evaluate("1.1.0", true, NOW);
    evaluate("1.2.0", false, NOW.plusSeconds(5));

    // Then
    eventually(() -> assertThat(read("/evaluations").path("evaluations")).hasSize(2));
    JsonNode first = read("/evaluations").at("/evaluations/0");
    assertThat(first.path("candidate").asText()).isEqualTo("1.2.0");
    assertThat(first.path("passed").asBoolean()).isFalse();
    assertThat(first.at("/failures/0").asText()).isEqualTo("too bad");
    assertThat(first.at("/metrics/accuracy_candidate").asDouble()).isEqualTo(0.9);
    assertThat(first.path("rows").asLong()).isEqualTo(100);
  }

  private void evaluate(String candidate, boolean passed, Instant at) throws Exception {
    ModelEvaluation evaluation =
        ModelEvaluation.newBuilder()
            .setId("e-" + candidate)
            .setModel(model)
            .setCandidate(candidate)
            .setProduction("1.0.0")
            .setPassed(passed)
            .setFailures(passed ? List.of() : List.of("too bad"))
            .setData("test.csv")
            .setDataSha256("0".repeat(64))
            .setRows(100)
            .setMetrics(Map.of("accuracy_candidate", 0.9))
            .setCreatedAt(at)
            .build();
    stack.write(
        Topic.EVALUATIONS,
        model + "/" + candidate + "/1.0.0",
        MessageCodec.MODEL_EVALUATIONS.encode(evaluation));
  }
}
