package io.millrace.ingress.models;

import static io.millrace.ingress.models.DecisionFixture.all;
import static io.millrace.ingress.models.DecisionFixture.decision;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import io.millrace.schemas.avro.Traffic;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What answers after deployments and decisions. */
final class DeployedModelsTest {

  private static final String MODEL = "m";

  private final RolloutHistory rollouts = new RolloutHistory();
  private final DeployedModels models = new DeployedModels(rollouts);

  private static Deployment.Builder deployment(long revision, String version) {
    return Deployment.newBuilder()
        .setModel(MODEL)
        .setRevision(revision)
        .setVersion(version)
        .setUpdatedAt(Instant.EPOCH);
  }

  private static Deployment rollout(long revision, String version, String candidate) {
    return deployment(revision, version)
        .setCandidate(new Candidate(candidate, 0.0, 0.0))
        .setRollout(RolloutPlan.newBuilder().build())
        .build();
  }

  private DeploymentState state() {
    return models.state(MODEL).orElseThrow();
  }

  @Test
  void firstDeploymentIsActiveAtOnce() {
    // When
    models.put(deployment(1, "1.0.0").build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.ACTIVE);
    assertThat(state().traffic()).isEqualTo(all("1.0.0"));
  }

  @Test
  void firstRecordOfARevisionCounts() {
    // When
    models.put(deployment(2, "1.0.0").build());
    models.put(deployment(2, "9.0.0").build());
    models.put(deployment(1, "8.0.0").build());

    // Then
    assertThat(state().asked().getVersion()).isEqualTo("1.0.0");
  }

  @Test
  void newVersionAnswersOnceItIsDecidedThatItIsLoaded() {
    // Given
    models.put(deployment(1, "1.0.0").build());

    // When
    models.put(deployment(2, "2.0.0").build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.LOADING);
    assertThat(models.production(MODEL)).contains("1.0.0");

    // When
    rollouts.put(
        decision(MODEL, 2, 1, RolloutAction.ACTIVATE, RolloutPhase.ACTIVE, all("2.0.0")).build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.ACTIVE);
    assertThat(models.production(MODEL)).contains("2.0.0");
  }

  @Test
  void versionThatCannotBeLoadedChangesNothing() {
    // Given
    models.put(deployment(1, "1.0.0").build());
    models.put(deployment(2, "2.0.0").build());

    // When
    rollouts.put(
        decision(MODEL, 2, 1, RolloutAction.REJECT, RolloutPhase.REJECTED, all("1.0.0")).build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.REJECTED);
    assertThat(state().effective().getVersion()).isEqualTo("1.0.0");
    assertThat(models.production(MODEL)).contains("1.0.0");
  }

  @Test
  void revisionOfVersionsThatAnswerAlreadyIsActiveAtOnce() {
    // Given
    models.put(deployment(1, "1.0.0").setCandidate(new Candidate("2.0.0", 0.5, 0.0)).build());

    // When
    models.put(deployment(2, "2.0.0").build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.ACTIVE);
    assertThat(models.production(MODEL)).contains("2.0.0");
  }

  @Test
  void candidateIsInProductionAfterItsPromotion() {
    // Given
    models.put(deployment(1, "1.0.0").build());
    models.put(rollout(2, "1.0.0", "2.0.0"));
    assertThat(state().phase()).isEqualTo(RolloutPhase.LOADING);
    assertThat(state().isRollingOut()).isTrue();

    // When
    rollouts.put(
        decision(
                MODEL,
                2,
                1,
                RolloutAction.STEP,
                RolloutPhase.CANARY,
                new Traffic("1.0.0", "2.0.0", 0.05, 0.0))
            .build());

    // Then
    assertThat(models.production(MODEL)).contains("1.0.0");
    assertThat(state().traffic().getWeight()).isEqualTo(0.05);

    // When
    rollouts.put(
        decision(MODEL, 2, 2, RolloutAction.PROMOTE, RolloutPhase.PROMOTED, all("2.0.0")).build());

    // Then
    assertThat(models.production(MODEL)).contains("2.0.0");
    assertThat(state().effective().getVersion()).isEqualTo("2.0.0");
    assertThat(state().isRollingOut()).isFalse();
    assertThat(state().asked().getVersion()).isEqualTo("1.0.0");
  }

  @Test
  void decisionsOfEarlierRevisionsTellWhatAnswersWhileTheLastOneLoads() {
    // Given: of a log that was compacted only the last revision is left.
    rollouts.put(
        decision(MODEL, 6, 3, RolloutAction.PROMOTE, RolloutPhase.PROMOTED, all("2.0.0")).build());

    // When
    models.put(deployment(7, "3.0.0").build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.LOADING);
    assertThat(models.production(MODEL)).contains("2.0.0");
  }

  @Test
  void manyRevisionsAreRememberedAsFarAsTheyMatter() {
    // When
    for (int revision = 1; revision <= 50; revision++) {
      models.put(deployment(revision, "1.0.0").setCacheTtlSeconds(revision).build());
    }
    models.put(deployment(51, "2.0.0").build());

    // Then
    assertThat(state().phase()).isEqualTo(RolloutPhase.LOADING);
    assertThat(models.production(MODEL)).contains("1.0.0");
  }

  @Test
  void whatIsDeployedIsKnownWhenDecisionsAreToo() {
    models.markCaughtUp();
    assertThat(models.isCaughtUp()).isFalse();
    rollouts.markCaughtUp();
    assertThat(models.isCaughtUp()).isTrue();
  }
}
