package io.millrace.inference.traffic;

import static io.millrace.inference.traffic.Traffics.decision;
import static io.millrace.inference.traffic.Traffics.deployment;
import static io.millrace.inference.traffic.Traffics.rollout;
import static io.millrace.inference.traffic.Traffics.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.ServingOptions;
import io.millrace.schemas.avro.Batching;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Traffic;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelTrafficTest {

  private static final RolloutDecision SHADOW =
      decision(2, 1, RolloutPhase.SHADOW, "1.0.0", "2.0.0", 0, 1);
  private static final RolloutDecision CANARY =
      decision(2, 2, RolloutPhase.CANARY, "1.0.0", "2.0.0", 0.25, 0);
  private static final RolloutDecision ROLLED_BACK =
      decision(2, 3, RolloutPhase.ROLLED_BACK, "1.0.0", null, 0, 0);

  @Test
  void nothingIsServedWithoutADeployment() {
    assertThat(ModelTraffic.NONE.serving()).isNull();
    assertThat(ModelTraffic.NONE.with(CANARY).serving()).isNull();
  }

  @Test
  void theFirstDeploymentIsActiveAtOnce() {
    Serving serving = serving(ModelTraffic.NONE.with(deployment(5, "1.0.0")));

    assertThat(serving.revision()).isEqualTo(5);
    assertThat(serving.traffic()).isEqualTo(new Traffic("1.0.0", null, 0.0, 0.0));
    assertThat(serving.awaited()).isNull();
  }

  @Test
  void theFirstDeploymentOfARolloutServesProductionAndWaitsForItsCandidate() {
    Deployment first = rollout(1, "1.0.0", "2.0.0");
    Serving serving = serving(ModelTraffic.NONE.with(first));

    assertThat(serving.traffic()).isEqualTo(new Traffic("1.0.0", null, 0.0, 0.0));
    assertThat(serving.awaited()).isEqualTo(first);
    assertThat(serving.held()).containsOnlyKeys("1.0.0", "2.0.0");
  }

  @Test
  void aNewVersionWaitsForItsDecisionAndIsHeldMeanwhile() {
    ModelTraffic known = first().with(deployment(2, "2.0.0"));

    Serving waiting = serving(known);
    assertThat(waiting.revision()).isEqualTo(1);
    assertThat(waiting.traffic().getVersion()).isEqualTo("1.0.0");
    assertThat(waiting.awaited()).isEqualTo(deployment(2, "2.0.0"));
    assertThat(waiting.held()).containsOnlyKeys("1.0.0", "2.0.0");

    Serving active = serving(known.with(decision(2, 1, RolloutPhase.ACTIVE, "2.0.0", null, 0, 0)));
    assertThat(active.revision()).isEqualTo(2);
    assertThat(active.traffic().getVersion()).isEqualTo("2.0.0");
    assertThat(active.awaited()).isNull();
    assertThat(active.held()).containsOnlyKeys("2.0.0");
  }

  @Test
  void aRevisionThatNeedsNothingNewIsActiveAtOnce() {
    Deployment longer = deployment(2, "1.0.0");
    longer.setCacheTtlSeconds(7);

    Serving serving = serving(first().with(longer));

    assertThat(serving.awaited()).isNull();
    assertThat(serving.deployment().getCacheTtlSeconds()).isEqualTo(7);
  }

  @Test
  void aCandidateWithTrafficMayBecomeTheVersionInProductionAtOnce() {
    ModelTraffic known = ModelTraffic.NONE.with(split(1, "1.0.0", "2.0.0", 0.5));

    assertThat(serving(known.with(deployment(2, "2.0.0"))).awaited()).isNull();
    assertThat(serving(known.with(split(2, "2.0.0", "1.0.0", 0.1))).awaited()).isNull();
    assertThat(serving(known.with(split(2, "2.0.0", "3.0.0", 0.1))).awaited()).isNotNull();
  }

  @Test
  void aRejectedRevisionChangesNothing() {
    Deployment broken = deployment(2, "6.6.6");
    broken.setCacheTtlSeconds(7);

    Serving serving =
        serving(
            first().with(broken).with(decision(2, 1, RolloutPhase.REJECTED, "1.0.0", null, 0, 0)));

    assertThat(serving.deployment()).isEqualTo(deployment(1, "1.0.0"));
    assertThat(serving.traffic().getVersion()).isEqualTo("1.0.0");
    assertThat(serving.awaited()).isNull();
    assertThat(serving.held()).containsOnlyKeys("1.0.0");
  }

  @Test
  void aPauseWhileVersionsAreLoadedGoesOnWaiting() {
    Serving serving =
        serving(
            first()
                .with(rollout(2, "1.0.0", "2.0.0"))
                .with(decision(2, 1, RolloutPhase.LOADING, "1.0.0", null, 0, 0)));

    assertThat(serving.traffic().getCandidate()).isNull();
    assertThat(serving.awaited()).isEqualTo(rollout(2, "1.0.0", "2.0.0"));
    assertThat(serving.held()).containsOnlyKeys("1.0.0", "2.0.0");
  }

  @Test
  void theFirstDecisionOfASequenceNumberCountsAndAnEarlierOneIsIgnored() {
    ModelTraffic canary = first().with(rollout(2, "1.0.0", "2.0.0")).with(SHADOW).with(CANARY);
    assertThat(serving(canary).traffic()).isEqualTo(CANARY.getTraffic());

    assertThat(canary.with(decision(2, 2, RolloutPhase.CANARY, "1.0.0", "2.0.0", 0.5, 0)))
        .isEqualTo(canary);
    assertThat(canary.with(SHADOW)).isEqualTo(canary);
    ModelTraffic back = canary.with(ROLLED_BACK);
    assertThat(serving(back).held()).containsOnlyKeys("1.0.0");
    assertThat(serving(back.with(CANARY))).isEqualTo(serving(back));
  }

  @Test
  void aDecisionForAnotherRevisionIsIgnored() {
    ModelTraffic known = first().with(rollout(2, "1.0.0", "2.0.0")).with(CANARY);

    assertThat(serving(known.with(decision(1, 9, RolloutPhase.ACTIVE, "0.1.0", null, 0, 0))))
        .isEqualTo(serving(known));
    assertThat(serving(known.with(decision(3, 1, RolloutPhase.ACTIVE, "3.0.0", null, 0, 0))))
        .isEqualTo(serving(known));
  }

  @Test
  void aRevisionOnARolloutThatRunsKeepsItsTrafficUntilItIsDecided() {
    ModelTraffic known =
        first().with(rollout(2, "1.0.0", "2.0.0")).with(CANARY).with(deployment(3, "3.0.0"));

    assertThat(serving(known).traffic()).isEqualTo(CANARY.getTraffic());
    assertThat(serving(known).held()).containsOnlyKeys("1.0.0", "2.0.0", "3.0.0");
  }

  @Test
  void theFirstRecordOfARevisionCounts() {
    ModelTraffic known = first();

    assertThat(known.with(deployment(1, "2.0.0"))).isEqualTo(known);
    assertThat(known.with(deployment(0, "2.0.0"))).isEqualTo(known);
  }

  @Test
  void manyChangesAreNoMoreThanAFew() {
    ModelTraffic known = ModelTraffic.NONE;
    for (int revision = 1; revision <= 100; revision++) {
      Deployment change = deployment(revision, "1.0.0");
      change.setCacheTtlSeconds(revision);
      known = known.with(change);
    }

    assertThat(known.revisions()).hasSizeLessThan(10);
    assertThat(serving(known).deployment().getCacheTtlSeconds()).isEqualTo(100);
    assertThat(serving(known).revision()).isEqualTo(100);
  }

  @Test
  void manyRevisionsThatWaitLeaveTheTrafficAsItWas() {
    ModelTraffic known = first();
    for (int revision = 2; revision <= 100; revision++) {
      known = known.with(deployment(revision, revision + ".0.0"));
    }

    assertThat(serving(known).traffic().getVersion()).isEqualTo("1.0.0");
    assertThat(serving(known).held()).containsOnlyKeys("1.0.0", "100.0.0");
  }

  @Test
  void versionsRunAsTheDeploymentSaysThatTheyHaveTrafficOf() {
    Deployment tuned = deployment(2, "2.0.0");
    tuned.setFallbackVersion("1.0.0");
    tuned.setBatching(new Batching(8, 512, 20L));
    tuned.setCallTimeoutMillis(700L);

    Serving serving = serving(first().with(tuned));

    assertThat(serving.held())
        .containsEntry("1.0.0", ServingOptions.NONE)
        .containsEntry(
            "2.0.0", new ServingOptions(8, 512, Duration.ofMillis(20), Duration.ofMillis(700)));
  }

  private static ModelTraffic first() {
    return ModelTraffic.NONE.with(deployment(1, "1.0.0"));
  }

  private static Serving serving(ModelTraffic known) {
    return Objects.requireNonNull(known.serving());
  }
}
