package io.millrace.inference.route;

import static io.millrace.inference.Commands.command;
import static io.millrace.inference.Commands.deployment;
import static io.millrace.inference.traffic.Traffics.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.inference.Commands;
import io.millrace.inference.deduplicate.UniqueCommand;
import io.millrace.inference.traffic.TrafficChange;
import io.millrace.inference.traffic.Traffics;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteOperatorTest {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private final RecordingPreloader preloader = new RecordingPreloader();

  private KeyedTwoInputStreamOperatorTestHarness<
          String, UniqueCommand, TrafficChange, RoutedRequest>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
    harness.setProcessingTime(1_000);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aCommandGoesToTheVersionInProduction() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    send(command("job-1", "hello"));

    assertThat(routed()).containsExactly("job-1 1.0.0");
  }

  @Test
  void aPinnedVersionIsKept() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    send(command("job-1", Commands.MODEL, "hello", "2.0.0"));

    assertThat(routed()).containsExactly("job-1 2.0.0");
  }

  @Test
  void theHighestRevisionCountsHoweverTheyArrive() throws Exception {
    deploy(deployment(Commands.MODEL, 2, "2.0.0"));
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    send(command("job-1", "hello"));

    assertThat(routed()).containsExactly("job-1 2.0.0");
    assertThat(preloader.preloaded).containsExactly("support-desk 2.0.0");
  }

  @Test
  void aCommandBeforeItsDeploymentWaitsForIt() throws Exception {
    send(command("job-1", "hello"));
    send(command("job-2", "hello"));
    send(command("job-3", "another-model", "hello", null));
    deploy(deployment("unrelated", 1, "9.0.0"));
    assertThat(routed()).isEmpty();

    deploy(deployment(Commands.MODEL, 1, "1.0.0"));

    assertThat(routed()).containsExactlyInAnyOrder("job-1 1.0.0", "job-2 1.0.0");
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void aCommandWhoseModelIsNeverDeployedFailsAfterTheWaitAndLeavesNothing() throws Exception {
    send(command("job-1", "hello"));
    harness.setProcessingTime(2_000);
    send(command("job-2", "hello"));

    harness.setProcessingTime(1_000 + WAIT.toMillis());
    assertThat(rejected()).extracting(InferenceResult::getJobId).containsExactly("job-1");
    harness.setProcessingTime(2_000 + WAIT.toMillis());

    List<InferenceResult> rejected = rejected();
    assertThat(rejected).extracting(InferenceResult::getJobId).containsExactly("job-1", "job-2");
    assertThat(rejected.get(0).getStatus()).isEqualTo(ResultStatus.FAILED);
    assertThat(rejected.get(0).getError().getReason()).isEqualTo(ErrorReason.MODEL_NOT_FOUND);
    assertThat(rejected.get(0).getError().getMessage())
        .isEqualTo("model 'support-desk' is not deployed");
    assertThat(routed()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void waitingCommandsAndDeploymentsSurviveARestore() throws Exception {
    deploy(deployment("another-model", 1, "3.0.0"));
    send(command("job-1", "hello"));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    preloader.preloaded.clear();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    assertThat(preloader.preloaded).containsExactly("another-model 3.0.0");
    send(command("job-2", "another-model", "hello", null));
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));

    assertThat(routed()).containsExactly("job-2 3.0.0", "job-1 1.0.0");
  }

  @Test
  void theFallbackOfTheDeploymentGoesAlongUnlessAVersionIsPinned() throws Exception {
    Deployment deployment = deployment(Commands.MODEL, 1, "1.0.0");
    deployment.setFallbackVersion("0.9.0");
    deploy(deployment);
    send(command("job-1", "hello"));
    send(command("job-2", Commands.MODEL, "hello", "1.0.0"));

    assertThat(harness.extractOutputValues())
        .extracting(RoutedRequest::fallbackVersion)
        .containsExactly("0.9.0", null);
    assertThat(preloader.preloaded).containsExactly("support-desk 1.0.0", "support-desk 0.9.0");
  }

  @Test
  void aNewVersionIsProbedWithEachBeatUntilItGetsItsTraffic() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    deploy(deployment(Commands.MODEL, 2, "2.0.0"));
    harness.processElement2(TrafficChange.beat(), 0);
    send(command("job-1", "hello"));
    assertThat(preloader.held).containsEntry(Commands.MODEL, Set.of("1.0.0", "2.0.0"));

    decide(decision(2, 1, RolloutPhase.ACTIVE, "2.0.0", null, 0, 0));
    harness.processElement2(TrafficChange.beat(), 0);
    send(command("job-2", "hello"));

    Probe probe = new Probe(Commands.MODEL, 2, List.of("2.0.0"));
    assertThat(probes()).containsExactly(probe, probe);
    assertThat(routed()).containsExactly("job-1 1.0.0", "job-2 2.0.0");
    assertThat(preloader.held).containsEntry(Commands.MODEL, Set.of("2.0.0"));
  }

  @Test
  void aRevisionThatWaitsIsProbedAgainAfterARestore() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    deploy(Traffics.rollout(2, "1.0.0", "2.0.0"));
    decide(decision(2, 1, RolloutPhase.LOADING, "1.0.0", null, 0, 0));
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    preloader.held.clear();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    assertThat(preloader.held).containsEntry(Commands.MODEL, Set.of("1.0.0", "2.0.0"));
    harness.processElement2(TrafficChange.beat(), 0);

    assertThat(probes()).containsExactly(new Probe(Commands.MODEL, 2, List.of("1.0.0", "2.0.0")));
    decide(decision(2, 2, RolloutPhase.SHADOW, "1.0.0", "2.0.0", 0, 1));
    send(command("job-1", "hello"));
    assertThat(routed()).containsExactly("job-1 1.0.0", "job-1 2.0.0");
  }

  @Test
  void aRollbackEndsTheCandidatesTraffic() throws Exception {
    deploy(Traffics.rollout(1, "1.0.0", "2.0.0"));
    decide(decision(1, 1, RolloutPhase.CANARY, "1.0.0", "2.0.0", 1, 0));
    send(command("job-1", "hello"));
    decide(decision(1, 2, RolloutPhase.ROLLED_BACK, "1.0.0", null, 0, 0));
    decide(decision(1, 1, RolloutPhase.CANARY, "1.0.0", "2.0.0", 1, 0));
    decide(decision(9, 9, RolloutPhase.CANARY, "1.0.0", "2.0.0", 1, 0));
    send(command("job-2", "hello"));

    assertThat(routed()).containsExactly("job-1 2.0.0", "job-2 1.0.0");
    assertThat(preloader.held).containsEntry(Commands.MODEL, Set.of("1.0.0"));
  }

  /** As versions of the job without rollouts left it; savepoints of theirs are restored too. */
  @Test
  void aDeploymentInOldStateIsActive() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    OperatorSubtaskState snapshot;
    try (var old = OldRoute.harness()) {
      old.open();
      old.processElement2(deployment(Commands.MODEL, 3, "3.0.0"), 0);
      snapshot = old.snapshot(1, 1);
    }
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    send(command("job-1", "hello"));
    deploy(deployment(Commands.MODEL, 2, "2.0.0"));
    send(command("job-2", "hello"));

    assertThat(routed()).containsExactly("job-1 3.0.0", "job-2 3.0.0");
    assertThat(preloader.held).containsEntry(Commands.MODEL, Set.of("3.0.0"));
  }

  @Test
  void aJobWhoseDeadlineIsOverExpires() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    send(command("job-1", "hello", Instant.ofEpochMilli(1_000)));
    send(command("job-2", "hello", Instant.ofEpochMilli(1_001)));

    assertThat(routed()).containsExactly("job-2 1.0.0");
    assertThat(rejected()).extracting(InferenceResult::getJobId).containsExactly("job-1");
    assertThat(rejected().get(0).getStatus()).isEqualTo(ResultStatus.EXPIRED);
  }

  @Test
  void aJobThatWaitsForItsDeploymentExpiresAtItsDeadline() throws Exception {
    send(command("job-1", "hello", Instant.ofEpochMilli(2_000)));
    harness.setProcessingTime(1_999);
    assertThat(rejected()).isEmpty();
    harness.setProcessingTime(2_000);

    assertThat(rejected())
        .extracting(InferenceResult::getStatus)
        .containsExactly(ResultStatus.EXPIRED);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aJobThatWaitsForItsDeploymentCanBeCancelled() throws Exception {
    send(command("job-1", "hello"));
    send(command("job-2", "hello"));
    send(Commands.cancellation("job-1", "hello"));
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));

    assertThat(rejected())
        .extracting(InferenceResult::getJobId, InferenceResult::getStatus)
        .containsExactly(tuple("job-1", ResultStatus.CANCELLED));
    assertThat(routed()).containsExactly("job-2 1.0.0");
  }

  @Test
  void aCancellationFollowsAJobThatHasGoneOn() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    send(command("job-1", "hello"));
    send(Commands.cancellation("job-1", "hello"));

    assertThat(routed()).containsExactly("job-1 1.0.0", "job-1 null");
    assertThat(rejected()).isEmpty();
  }

  @Test
  void aJobThatWasCancelledBeforeItCameEndsHere() throws Exception {
    deploy(deployment(Commands.MODEL, 1, "1.0.0"));
    harness.setProcessingTime(5_000);
    harness.processElement1(new UniqueCommand(command("job-1", "hello"), true), 0);

    assertThat(routed()).isEmpty();
    assertThat(rejected())
        .extracting(
            InferenceResult::getJobId, InferenceResult::getStatus, InferenceResult::getCompletedAt)
        .containsExactly(tuple("job-1", ResultStatus.CANCELLED, Instant.ofEpochMilli(5_000)));
  }

  private void send(InferenceCommand command) throws Exception {
    harness.processElement1(UniqueCommand.of(command), 0);
  }

  private void deploy(Deployment deployment) throws Exception {
    harness.processElement2(TrafficChange.of(deployment), 0);
  }

  private void decide(RolloutDecision decision) throws Exception {
    harness.processElement2(TrafficChange.of(decision), 0);
  }

  private List<Probe> probes() {
    return harness.extractOutputValues().stream()
        .map(RoutedRequest::probe)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private List<String> routed() {
    return harness.extractOutputValues().stream()
        .filter(request -> request.probe() == null && request.rejected() == null)
        .map(request -> request.command().getJobId() + " " + request.version())
        .toList();
  }

  private List<InferenceResult> rejected() {
    return harness.extractOutputValues().stream()
        .map(RoutedRequest::rejected)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private KeyedTwoInputStreamOperatorTestHarness<
          String, UniqueCommand, TrafficChange, RoutedRequest>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new RouteFunction(WAIT, preloader, ProgressReporting.NONE),
            List.of(RouteFunction.TRAFFIC, RouteFunction.DEPLOYMENTS)),
        UniqueCommand::fingerprint,
        null,
        Types.STRING);
  }
}
