package io.millrace.inference.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.InferenceCommand;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeduplicateOperatorTest {

  private static final Duration TTL = Duration.ofHours(24);

  private KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand> harness;

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
  void aJobPassesOnceHoweverOftenItComes() throws Exception {
    send("job-1", "hello");
    send("job-1", "hello");
    send("job-2", "hello");
    send("job-3", "other");
    send("job-2", "hello");

    assertThat(passed()).containsExactly("job-1", "job-2", "job-3");
  }

  @Test
  void aJobIsRememberedOverARestore() throws Exception {
    send("job-1", "hello");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();

    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    send("job-1", "hello");
    send("job-2", "hello");

    assertThat(passed()).containsExactly("job-2");
  }

  @Test
  void aJobIsForgottenAfterTheTtl() throws Exception {
    harness.setStateTtlProcessingTime(0);
    send("job-1", "hello");
    harness.setStateTtlProcessingTime(TTL.toMillis() - 1);
    send("job-1", "hello");
    harness.setStateTtlProcessingTime(TTL.toMillis() + 1);
    send("job-1", "hello");

    assertThat(passed()).containsExactly("job-1", "job-1");
  }

  @Test
  void aCancellationFollowsItsJobAndNoOther() throws Exception {
    send("job-1", "hello");
    harness.processElement(Commands.cancellation("job-1", "hello"), 0);

    assertThat(passed()).containsExactly("job-1", "job-1");
    assertThat(cancelled()).isEmpty();
  }

  @Test
  void aJobThatWasCancelledBeforeItCameEndsOnce() throws Exception {
    harness.processElement(Commands.cancellation("job-1", "hello"), 0);
    harness.processElement(Commands.cancellation("job-1", "hello"), 0);
    send("job-1", "hello");
    send("job-1", "hello");

    assertThat(passed()).isEmpty();
    assertThat(cancelled()).containsExactly("job-1");
  }

  private List<String> cancelled() {
    return ids(true);
  }

  private List<String> ids(boolean cancelled) {
    return harness.extractOutputValues().stream()
        .filter(unique -> unique.cancelled() == cancelled)
        .map(unique -> unique.command().getJobId())
        .toList();
  }

  private void send(String jobId, String text) throws Exception {
    harness.processElement(Commands.command(jobId, text), 0);
  }

  private List<String> passed() {
    return ids(false);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new DeduplicateFunction(TTL, ProgressReporting.NONE)),
        InferenceCommand::getFingerprint,
        Types.STRING);
  }
}
