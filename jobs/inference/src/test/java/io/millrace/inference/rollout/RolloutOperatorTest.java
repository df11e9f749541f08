package io.millrace.inference.rollout;

import static io.millrace.inference.rollout.RolloutWorld.NEW;
import static io.millrace.inference.rollout.RolloutWorld.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.traffic.Traffics;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.RolloutStatus;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutOperatorTest {

  private KeyedTwoInputStreamOperatorTestHarness<String, Observation, Control, RolloutDecision>
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
  void whileARolloutRunsATimerTellsItsStatusAndThenThereIsNone() throws Exception {
    tell(Control.of(Traffics.deployment(1, OLD)));
    assertThat(harness.numProcessingTimeTimers()).isZero();

    tell(Control.of(RolloutWorld.rollout(2, 1)));
    tell(Control.of(new VersionReadiness(Commands.MODEL, 2, 0, 1, null)));
    assertThat(proposed())
        .extracting(RolloutDecision::getAction)
        .containsExactly(RolloutAction.SHADOW);
    tell(Control.of(proposed().get(0)));
    harness.setProcessingTime(2_000);
    harness.setProcessingTime(3_000);

    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
    List<RolloutStatus> statuses = statuses();
    RolloutStatus last = statuses.get(statuses.size() - 1);
    assertThat(last.getPhase()).isEqualTo(RolloutPhase.SHADOW);
    assertThat(last.getLoaded()).isEqualTo(1);
    assertThat(last.getAt().toEpochMilli()).isEqualTo(3_000);

    tell(Control.of(ended(proposed().get(0))));
    harness.setProcessingTime(4_000);

    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void evidenceSurvivesARestore() throws Exception {
    begin();
    observe(40);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    harness.setProcessingTime(1_500);
    observe(9);
    assertThat(proposed()).isEmpty();
    observe(1);

    assertThat(proposed())
        .extracting(RolloutDecision::getAction)
        .containsExactly(RolloutAction.ROLL_BACK);
    assertThat(proposed().get(0).getSequence()).isEqualTo(2);
    assertThat(proposed().get(0).getEvidence().get(0).getCandidate().getObservations())
        .isEqualTo(50);
  }

  @Test
  void aDecisionThatIsNotReadBackIsWrittenAgain() throws Exception {
    tell(Control.of(Traffics.deployment(1, OLD)));
    tell(Control.of(RolloutWorld.rollout(2, 1)));
    tell(Control.of(new VersionReadiness(Commands.MODEL, 2, 0, 1, null)));

    for (long now = 2_000; now <= 4_000; now += 1_000) {
      harness.setProcessingTime(now);
    }

    assertThat(proposed()).hasSize(2);
    assertThat(proposed().get(1)).isEqualTo(proposed().get(0));
  }

  /** The first step of the canary runs. */
  private void begin() throws Exception {
    tell(Control.of(Traffics.deployment(1, OLD)));
    tell(Control.of(RolloutWorld.rollout(2, 0)));
    tell(Control.of(new VersionReadiness(Commands.MODEL, 2, 0, 1, null)));
    tell(Control.of(proposed().get(0)));
  }

  /** Production answers, the candidate does every fourth time. */
  private void observe(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      observe(Arm.PRODUCTION, OLD, false);
      observe(Arm.CANDIDATE, NEW, i % 4 != 0);
    }
  }

  private void observe(Arm arm, String version, boolean failed) throws Exception {
    harness.processElement1(
        new Observation(
            Commands.MODEL, 2, version, arm, "job", failed, failed ? null : 0.1, null, null),
        0);
  }

  private static RolloutDecision ended(RolloutDecision decision) {
    return RolloutDecision.newBuilder(decision)
        .setSequence(decision.getSequence() + 1)
        .setAction(RolloutAction.ABORT)
        .setPhase(RolloutPhase.ROLLED_BACK)
        .build();
  }

  private void tell(Control control) throws Exception {
    harness.processElement2(control, 0);
  }

  private List<RolloutDecision> proposed() {
    return harness.extractOutputValues();
  }

  private List<RolloutStatus> statuses() {
    @Nullable Queue<StreamRecord<RolloutStatus>> output =
        harness.getSideOutput(RolloutFunction.STATUS);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Observation, Control, RolloutDecision>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new RolloutFunction()),
        Observation::model,
        Control::model,
        Types.STRING);
  }
}
