package io.millrace.inference.label;

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

class LabelJoinOperatorTest {

  private static final Duration WAIT = Duration.ofDays(7);

  private KeyedTwoInputStreamOperatorTestHarness<String, Answered, Feedback, LabelledAnswer>
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
  void eachAnswerIsLabelledOnceWithTheTimeThatItTook() throws Exception {
    answer("job-1", "1.0.0");
    answer("job-1", "1.1.0");
    label("job-1", "refund", 61_000);
    label("job-1", "delivery", 62_000);

    assertThat(labelled())
        .containsExactlyInAnyOrder(
            new LabelledAnswer(answered("job-1", "1.0.0"), "refund", 60),
            new LabelledAnswer(answered("job-1", "1.1.0"), "refund", 60));
  }

  @Test
  void theLabelMayComeFirst() throws Exception {
    label("job-1", "refund", 500);
    answer("job-1", "1.0.0");

    assertThat(labelled())
        .containsExactly(new LabelledAnswer(answered("job-1", "1.0.0"), "refund", 0));
  }

  @Test
  void jobsDoNotMixAndFeedbackWithoutALabelSaysNothing() throws Exception {
    answer("job-1", "1.0.0");
    label("job-2", "refund", 0);
    label("job-1", null, 0);

    assertThat(labelled()).isEmpty();
  }

  @Test
  void anAnswerWaitsOverARestore() throws Exception {
    answer("job-1", "1.0.0");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    label("job-1", "refund", 1_000);

    assertThat(labelled()).hasSize(1);
  }

  @Test
  void anAnswerDoesNotWaitForEver() throws Exception {
    harness.setStateTtlProcessingTime(0);
    answer("job-1", "1.0.0");
    harness.setStateTtlProcessingTime(WAIT.toMillis() + 1);
    label("job-1", "refund", 1_000);

    assertThat(labelled()).isEmpty();
  }

  private void answer(String jobId, String version) throws Exception {
    harness.processElement1(new StreamRecord<>(answered(jobId, version)));
  }

  private static Answered answered(String jobId, String version) {
    return new Answered(
        jobId, "support-desk", version, List.of("tenant=acme"), "refund", 0.9, 500, 1_000);
  }

  private void label(String jobId, @Nullable String label, long at) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            Feedback.newBuilder()
                .setJobId(jobId)
                .setModel("support-desk")
                .setLabel(label)
                .setCreatedAt(Instant.ofEpochMilli(at))
                .build()));
  }

  private List<LabelledAnswer> labelled() {
    return harness.extractOutputValues();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Answered, Feedback, LabelledAnswer>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new LabelJoin(WAIT)),
        Answered::jobId,
        Feedback::getJobId,
        Types.STRING);
  }
}
