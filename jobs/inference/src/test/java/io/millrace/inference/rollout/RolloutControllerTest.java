package io.millrace.inference.rollout;

import static io.millrace.inference.rollout.RolloutWorld.NEW;
import static io.millrace.inference.rollout.RolloutWorld.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.traffic.Traffics;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutControllerTest {

  @Test
  void theFirstDeploymentIsActiveWithoutADecision() {
    RolloutWorld world = new RolloutWorld();

    world.deploy(Traffics.deployment(1, OLD));

    assertThat(world.log).isEmpty();
    assertThat(world.state.isUnderWay()).isFalse();
  }

  @Test
  void anotherVersionIsActivatedWhenAllSubtasksOfOneRunHaveIt() {
    RolloutWorld world = new RolloutWorld();
    world.deploy(Traffics.deployment(1, OLD));
    world.ready(2, 0, 2); // Before its deployment, which the controller may hear later.
    world.deploy(Traffics.deployment(2, NEW));
    world.ready(2, 0, 2);
    world.ready(2, 1, 3);
    assertThat(world.log).isEmpty();

    world.ready(2, 1, 2);
    world.readAll();

    assertThat(actions(world)).containsExactly(RolloutAction.ACTIVATE);
    assertThat(world.serving().traffic()).isEqualTo(new Traffic(NEW, null, 0.0, 0.0));
    assertThat(world.state.isUnderWay()).isFalse();
  }

  @Test
  void aVersionThatCannotBeLoadedIsRejectedAndTrafficStays() {
    RolloutWorld world = new RolloutWorld();
    world.deploy(Traffics.deployment(1, OLD));
    world.deploy(Traffics.deployment(2, NEW));

    world.fails(2, "2.0.0: no such version");
    world.readAll();

    assertThat(actions(world)).containsExactly(RolloutAction.REJECT);
    assertThat(world.log.get(0).getReason()).contains("2.0.0: no such version");
    assertThat(world.serving().traffic().getVersion()).isEqualTo(OLD);
  }

  @Test
  void aGoodCandidateGoesFromTheShadowToAllTraffic() {
    RolloutWorld world = RolloutWorld.begun(1);

    for (int i = 0; i < 3; i++) {
      world.observe(600, 0);
      world.readAll();
    }

    assertThat(actions(world))
        .containsExactly(
            RolloutAction.SHADOW, RolloutAction.STEP, RolloutAction.STEP, RolloutAction.PROMOTE);
    assertThat(world.log)
        .extracting(decision -> decision.getTraffic().getWeight())
        .containsExactly(0.0, 0.1, 0.5, 0.0);
    assertThat(world.serving().traffic()).isEqualTo(new Traffic(NEW, null, 0.0, 0.0));
  }

  @Test
  void aBadCandidateIsTakenBackWithTheNumbers() {
    RolloutWorld world = RolloutWorld.begun(0);

    world.observe(300, 0.9);
    world.readAll();

    RolloutDecision last = world.log.get(world.log.size() - 1);
    assertThat(actions(world)).containsExactly(RolloutAction.STEP, RolloutAction.ROLL_BACK);
    assertThat(last.getReason()).startsWith("worse than production: error_rate worse: candidate ");
    assertThat(last.getEvidence().get(0).getLower()).isPositive();
    assertThat(world.serving().traffic()).isEqualTo(new Traffic(OLD, null, 0.0, 0.0));
  }

  @Test
  void aPauseStopsProgressButNotTheRollback() {
    RolloutWorld world = RolloutWorld.begun(0);
    String pause = world.ask(RolloutCommandAction.PAUSE);
    world.readAll();
    world.observe(600, 0);
    world.readAll();
    assertThat(actions(world)).containsExactly(RolloutAction.STEP, RolloutAction.PAUSE);
    assertThat(world.log.get(1).getCommandId()).isEqualTo(pause);
    assertThat(world.log.get(1).getBy()).isEqualTo("key-1");

    world.observe(600, 1);
    world.readAll();

    assertThat(actions(world)).endsWith(RolloutAction.ROLL_BACK);
  }

  @Test
  void aStageThatDecidesNothingPausesAsInconclusiveAndCanGoOn() {
    RolloutWorld world = RolloutWorld.begun(0);
    world.tick(600_000);
    world.readAll();
    assertThat(world.log.get(1).getAction()).isEqualTo(RolloutAction.PAUSE);
    assertThat(world.log.get(1).getReason()).startsWith("inconclusive after 600 s: ");

    world.ask(RolloutCommandAction.RESUME);
    world.readAll();
    world.tick(599_000);

    assertThat(actions(world))
        .containsExactly(RolloutAction.STEP, RolloutAction.PAUSE, RolloutAction.RESUME);
  }

  @Test
  void anOperatorPromotesAndAborts() {
    RolloutWorld promoted = RolloutWorld.begun(1);
    promoted.ask(RolloutCommandAction.PROMOTE);
    promoted.readAll();
    RolloutWorld aborted = RolloutWorld.begun(1);
    aborted.ask(RolloutCommandAction.ABORT);
    aborted.readAll();

    assertThat(promoted.serving().traffic().getVersion()).isEqualTo(NEW);
    assertThat(aborted.serving().traffic()).isEqualTo(new Traffic(OLD, null, 0.0, 0.0));
    assertThat(aborted.state.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    aborted.ask(RolloutCommandAction.PROMOTE);
    assertThat(actions(aborted)).containsExactly(RolloutAction.SHADOW, RolloutAction.ABORT);
  }

  @Test
  void aDecisionThatIsNotReadBackIsWrittenAgainAsItWas() {
    RolloutWorld world = new RolloutWorld();
    world.deploy(Traffics.deployment(1, OLD));
    world.deploy(Traffics.deployment(2, NEW));
    world.ready(2, 0, 1);
    world.tick(2_999);
    assertThat(world.log).hasSize(1);

    world.tick(1);

    assertThat(world.log).hasSize(2);
    assertThat(world.log.get(1)).isEqualTo(world.log.get(0));
  }

  @Test
  void aControllerRestoredFromAnOldCheckpointCannotUndoARollback() {
    RolloutWorld world = RolloutWorld.begun(0);
    RolloutWorld.Snapshot old = world.snapshot();
    world.observe(300, 1);
    world.readAll();
    assertThat(world.state.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);

    world.restore(old);
    world.observe(600, 0); // It would go on.
    world.readAll();

    assertThat(world.state.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    assertThat(world.serving().traffic()).isEqualTo(new Traffic(OLD, null, 0.0, 0.0));
  }

  @Test
  void theLatencyThresholdIsFrozenBeforeTheFirstStepAndComesFromTheLog() {
    Deployment rollout = RolloutWorld.rollout(2, 0);
    rollout.getRollout().setLatencyThresholdSeconds(null);
    RolloutWorld world = new RolloutWorld();
    world.deploy(Traffics.deployment(1, OLD));
    world.deploy(rollout);
    world.ready(2, 0, 1);
    for (int i = 0; i < 499; i++) {
      world.observe(Arm.PRODUCTION, OLD, false, i % 50 == 0 ? 2.0 : 0.1);
    }
    assertThat(world.log).isEmpty();
    world.observe(Arm.PRODUCTION, OLD, false, 0.1);
    world.readAll();

    Double threshold = world.state.round().thresholdSeconds();
    assertThat(threshold).isCloseTo(1.3 * 2, within(0.05 * 1.3 * 2));
    assertThat(world.log.get(0).getEvidence().get(0).getThresholdSeconds()).isEqualTo(threshold);
    world.observe(100, 0);
    assertThat(world.state.round().thresholdSeconds()).isEqualTo(threshold);
  }

  private static List<RolloutAction> actions(RolloutWorld world) {
    return world.log.stream().map(RolloutDecision::getAction).toList();
  }
}
