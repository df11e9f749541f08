package io.millrace.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Feedback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedbackJoinTest {

  private static final Duration WAIT = Duration.ofDays(7);

  private KeyedTwoInputStreamOperatorTestHarness<String, Observation, Feedback, LabelledOutcome>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void eachVersionsAnswerIsComparedWithTheLabelOnce() throws Exception {
    observe("job-1", Arm.PRODUCTION, "refund");
    observe("job-1", Arm.SHADOW, "delivery");
    label("job-1", "refund");
    label("job-1", "delivery");

    assertThat(outcomes())
        .containsExactlyInAnyOrder(
            new LabelledOutcome("support-desk", 3, "1.0.0", Arm.PRODUCTION, true),
            new LabelledOutcome("support-desk", 3, "1.1.0", Arm.SHADOW, false));
  }

  @Test
  void theLabelMayComeFirst() throws Exception {
    label("job-1", "refund");
    observe("job-1", Arm.PRODUCTION, "refund");
    observe("job-1", Arm.SHADOW, "refund");

    assertThat(outcomes()).extracting(LabelledOutcome::right).containsExactly(true, true);
  }

  @Test
  void jobsDoNotMixAndWhatHasNoLabelSaysNothing() throws Exception {
    observe("job-1", Arm.CANDIDATE, "refund");
    observe("job-2", Arm.CANDIDATE, null);
    label("job-2", "refund");
    label("job-3", "refund");
    label("job-1", null);

    assertThat(outcomes()).isEmpty();
  }

  @Test
  void anAnswerWaitsOverARestore() throws Exception {
    observe("job-1", Arm.CANDIDATE, "refund");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    label("job-1", "refund");

    assertThat(outcomes())
        .containsExactly(new LabelledOutcome("support-desk", 3, "1.1.0", Arm.CANDIDATE, true));
  }

  @Test
  void anAnswerDoesNotWaitForEver() throws Exception {
    harness.setStateTtlProcessingTime(0);
    observe("job-1", Arm.CANDIDATE, "refund");
    harness.setStateTtlProcessingTime(WAIT.toMillis() + 1);
    label("job-1", "refund");

    assertThat(outcomes()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isLessThanOrEqualTo(1);
  }

  private void observe(String jobId, Arm arm, @Nullable String label) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            new Observation(
                "support-desk",
                3,
                arm == Arm.PRODUCTION ? "1.0.0" : "1.1.0",
                arm,
                jobId,
                false,
                null,
                label,
                null)));
  }

  private void label(String jobId, @Nullable String label) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            Feedback.newBuilder()
                .setJobId(jobId)
                .setModel("support-desk")
                .setLabel(label)
                .setCreatedAt(Instant.EPOCH)
                .build()));
  }

  private List<LabelledOutcome> outcomes() {
    return harness.extractOutputValues();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Observation, Feedback, LabelledOutcome>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new FeedbackJoin(WAIT)),
        Observation::jobId,
        Feedback::getJobId,
        Types.STRING);
  }
}
