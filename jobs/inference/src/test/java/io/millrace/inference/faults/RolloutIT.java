package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.Commands;
import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.state.Broker;
import io.millrace.inference.traffic.Traffics;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.MetricGuard;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models move under load, in the whole job with the real runtime, a real broker and a real Redis:
 * deployments and decisions go through their topics.
 */
@ExtendWith(FaultStackResolver.class)
class RolloutIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARALLELISM = 2;

  @TempDir private Path directory;

  private Broker broker;
  private @Nullable RunningJob job;
  private int sent;

  @BeforeEach
  void startBroker() {
    broker = Broker.start(directory.resolve("kafka"));
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.close();
    }
    broker.close();
  }

  @Test
  void aNewVersionTakesOverUnderLoadAndNothingIsLostOrFails(FaultStack stack) throws Exception {
    // Given
    ModelVersion next = stack.faulty(FaultStack.FAULTS);
    job = start(stack, null);
    broker.deploy(Traffics.deployment(1, FaultStack.SOUND.version()));
    loadUntil(this::anyResult);

    // When
    broker.deploy(Traffics.deployment(2, next.version()));
    loadUntil(results -> versions(results).contains(next.version()));

    // Then
    Map<String, InferenceResult> results = finish();
    assertThat(results.values())
        .allMatch(result -> result.getStatus() == ResultStatus.SUCCEEDED)
        .noneMatch(result -> result.getOrigin() == Origin.FALLBACK);
    assertThat(versions(results))
        .containsExactlyInAnyOrder(FaultStack.SOUND.version(), next.version());
    assertThat(broker.decisions())
        .extracting(RolloutDecision::getRevision, RolloutDecision::getPhase)
        .containsExactly(tuple(2L, RolloutPhase.ACTIVE));
  }

  @Test
  void aVersionThatCannotBeLoadedNeverGetsTraffic(FaultStack stack) throws Exception {
    // Given
    job = start(stack, null);
    broker.deploy(Traffics.deployment(1, FaultStack.SOUND.version()));
    loadUntil(this::anyResult);

    // When
    broker.deploy(Traffics.deployment(2, "9.9.9"));
    loadUntil(results -> decided(RolloutPhase.REJECTED));
    send(20);

    // Then
    Map<String, InferenceResult> results = finish();
    assertThat(results.values()).allMatch(result -> result.getStatus() == ResultStatus.SUCCEEDED);
    assertThat(versions(results)).containsExactly(FaultStack.SOUND.version());
  }

  @Test
  void aCanaryThatFailsIsStoodInForAndTakenBack(FaultStack stack) throws Exception {
    // Given
    ModelVersion down =
        stack.faulty(FaultStack.FAULTS.withFailWhile(Files.createFile(stack.newFile())));
    job = start(stack, null);
    broker.deploy(Traffics.deployment(1, FaultStack.SOUND.version()));
    loadUntil(this::anyResult);

    // When
    broker.deploy(rollout(2, down.version(), 0, new MetricGuard(0.01, 0.3)));
    loadUntil(results -> decided(RolloutPhase.ROLLED_BACK));
    int before = sent;
    // A decision for a revision that is not deployed changes nothing.
    broker.decide(Traffics.decision(3, 1, RolloutPhase.CANARY, "1.0.0", down.version(), 1, 0));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              send(1);
              InferenceResult last = broker.resultsByJob().get("job-" + (sent - 2));
              return sent > before + 20 && last != null && last.getOrigin() == Origin.COMPUTED;
            });

    // Then
    Map<String, InferenceResult> results = finish();
    assertThat(results.values()).allMatch(result -> result.getStatus() == ResultStatus.SUCCEEDED);
    assertThat(versions(results)).containsExactly(FaultStack.SOUND.version());
    assertThat(results.values()).anyMatch(result -> result.getOrigin() == Origin.FALLBACK);
  }

  @Test
  void aShadowIsNeverSeenAndARestoreInItsMidstLosesAndDoublesNothing(FaultStack stack)
      throws Exception {
    // Given
    ModelVersion next = stack.faulty(FaultStack.FAULTS);
    job = start(stack, null);
    broker.deploy(Traffics.deployment(1, FaultStack.SOUND.version()));
    loadUntil(this::anyResult);
    broker.deploy(rollout(2, next.version(), 1, null));
    loadUntil(results -> decided(RolloutPhase.SHADOW));
    send(50);

    // When
    String savepoint = job.stop(directory);
    send(50);
    job = start(stack, savepoint);
    send(50);

    // Then
    Map<String, InferenceResult> results = finish();
    assertThat(results.values()).allMatch(result -> result.getStatus() == ResultStatus.SUCCEEDED);
    assertThat(versions(results)).containsExactly(FaultStack.SOUND.version());
  }

  private boolean anyResult(Map<String, InferenceResult> results) {
    return !results.isEmpty();
  }

  private boolean decided(RolloutPhase phase) {
    try {
      return broker.decisions().stream().anyMatch(decision -> decision.getPhase() == phase);
    } catch (DecodeException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends jobs until the results, or what else there is, are as they should be. */
  private void loadUntil(Predicate<Map<String, InferenceResult>> done) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              send(10);
              return done.test(broker.resultsByJob());
            });
  }

  private void send(int jobs) throws Exception {
    for (int i = 0; i < jobs; i++, sent++) {
      broker.send(Commands.command("job-" + sent, "where is my parcel number " + sent));
    }
  }

  /** One result of each job, which fails when there are two. */
  private Map<String, InferenceResult> finish() throws Exception {
    await().atMost(PATIENCE).until(() -> broker.resultsByJob().size() == sent);
    return broker.resultsByJob();
  }

  private static Set<String> versions(Map<String, InferenceResult> results) {
    return results.values().stream().map(InferenceResult::getVersion).collect(Collectors.toSet());
  }

  private static Deployment rollout(
      long revision, String candidate, double shadowShare, @Nullable MetricGuard errorRate) {
    Deployment deployment = Traffics.deployment(revision, FaultStack.SOUND.version());
    deployment.setCandidate(Candidate.newBuilder().setVersion(candidate).build());
    deployment.setRollout(
        RolloutPlan.newBuilder()
            .setShadowShare(shadowShare)
            .setSteps(List.of(0.5))
            .setMinObservations(shadowShare > 0 ? 1_000_000 : 50)
            .setMinEvents(20)
            .setErrorRate(errorRate == null ? new MetricGuard(0.01, 0.3) : errorRate)
            .build());
    return deployment;
  }

  private RunningJob start(FaultStack stack, @Nullable String savepoint) throws Exception {
    InferenceConfig config =
        stack.config(
            Map.of(
                "PARALLELISM", Integer.toString(PARALLELISM),
                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));
    Configuration flink = InferenceJob.flinkConfiguration(config);
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink);
    InferenceJob.build(environment, config);
    return new RunningJob(environment, environment.executeAsync("rollout test"));
  }

  private record RunningJob(StreamExecutionEnvironment environment, JobClient client)
      implements AutoCloseable {

    String stop(Path directory) throws Exception {
      String savepoint =
          client
              .stopWithSavepoint(
                  false,
                  directory.resolve("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      client.getJobExecutionResult().get();
      environment.close();
      return savepoint;
    }

    @Override
    public void close() throws Exception {
      client.cancel().get();
      var unused = client.getJobExecutionResult().handle((result, cancelled) -> result).get();
      environment.close();
    }
  }
}
