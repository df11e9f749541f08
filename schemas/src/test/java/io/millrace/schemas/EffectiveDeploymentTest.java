package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutPlan;
import io.millrace.schemas.avro.Traffic;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveDeploymentTest {

  private static final Deployment ROLLOUT =
      Deployment.newBuilder()
          .setModel("support-desk")
          .setRevision(7)
          .setVersion("1.0.0")
          .setCandidate(new Candidate("1.1.0", 0.3, 0.2))
          .setRollout(RolloutPlan.newBuilder().build())
          .setUpdatedAt(Instant.EPOCH)
          .build();

  @ParameterizedTest
  @CsvSource({"PROMOTED, 1.1.0", "ROLLED_BACK, 1.0.0", "REJECTED, 0.9.0"})
  void afterTheEndThereIsTheVersionThatIsLeft(RolloutPhase phase, String left) {
    Deployment effective = EffectiveDeployment.of(ROLLOUT, decision(7, phase, left));

    assertThat(effective.getVersion()).isEqualTo(left);
    assertThat(effective.getCandidate()).isNull();
    assertThat(effective.getRollout()).isNull();
    assertThat(effective.getRevision()).isEqualTo(7);
  }

  @Test
  void aDecisionForAnotherRevisionSaysNothing() {
    assertThat(EffectiveDeployment.of(ROLLOUT, decision(6, RolloutPhase.PROMOTED, "1.1.0")))
        .isEqualTo(ROLLOUT);
    assertThat(EffectiveDeployment.of(ROLLOUT, null)).isEqualTo(ROLLOUT);
  }

  @Test
  void whileItRunsItIsWhatWasAskedFor() {
    assertThat(EffectiveDeployment.of(ROLLOUT, decision(7, RolloutPhase.CANARY, "1.0.0")))
        .isEqualTo(ROLLOUT);
  }

  @Test
  void aRolloutAsksForNoTrafficOfItsOwn() {
    assertThat(EffectiveDeployment.asked(ROLLOUT)).isEqualTo(new Traffic("1.0.0", null, 0.0, 0.0));
    assertThat(EffectiveDeployment.asked(Deployment.newBuilder(ROLLOUT).setRollout(null).build()))
        .isEqualTo(new Traffic("1.0.0", "1.1.0", 0.3, 0.2));
  }

  private static RolloutDecision decision(long revision, RolloutPhase phase, String version) {
    return RolloutDecision.newBuilder()
        .setModel("support-desk")
        .setRevision(revision)
        .setSequence(1)
        .setAction(RolloutAction.PROMOTE)
        .setPhase(phase)
        .setTraffic(new Traffic(version, null, 0.0, 0.0))
        .setBy("controller")
        .setReason("a test")
        .setEvidence(List.of())
        .setDecidedAt(Instant.EPOCH)
        .build();
  }
}
