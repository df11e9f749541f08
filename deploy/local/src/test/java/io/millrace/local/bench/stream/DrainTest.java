package io.millrace.local.bench.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.local.bench.frame.Figures;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrainTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static List<Instant> slowQuarterThenEvery10Millis() {
    return LongStream.range(0, 400)
        .mapToObj(i -> START.plusMillis(i < 100 ? i * 100 : 10_000 + (i - 100) * 10))
        .toList();
  }

  @Test
  void theFirstQuarterOfADrainDoesNotCount() {
    assertThat(DrainRate.perSecond(slowQuarterThenEvery10Millis(), START))
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void whatIsDoneBeforeTheQueueIsFullDoesNotCount() {
    // Given a drain that is ten times as fast after the queue was full
    List<Instant> completions =
        LongStream.range(0, 400)
            .mapToObj(i -> START.plusMillis(i < 200 ? i * 100 : 20_000 + (i - 200) * 10))
            .toList();

    // Then
    assertThat(DrainRate.perSecond(completions, START.plusSeconds(20))).isCloseTo(100, within(1.0));
  }

  @Test
  void completionsAtOneTimeAreNoRate() {
    assertThatThrownBy(() -> DrainRate.perSecond(List.of(START, START), START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 completions");
  }

  private static InferenceResult result(int number, ResultStatus status) {
    return InferenceResult.newBuilder()
        .setJobId(CommandMessages.jobId(number))
        .setTenant("default")
        .setModel("model")
        .setFingerprint("f")
        .setStatus(status)
        .setCreatedAt(START)
        .setCompletedAt(START.plusMillis(number * 10L))
        .setExecution(new Execution(0.0, 0.1, 8, 10, 12, 0.01, null))
        .build();
  }

  @Test
  void resultsAreTallied() {
    // Given
    DrainTally tally = new DrainTally();

    // When
    IntStream.range(0, 100).forEach(i -> tally.add(result(i, ResultStatus.SUCCEEDED)));

    // Then
    Figures figures = tally.figures("rate", START);
    assertThat(figures.get("rate")).isCloseTo(100, within(1e-9));
    assertThat(figures.get("batch_size")).isEqualTo(8);
    assertThat(figures.get("padding_ratio")).isEqualTo(1.2);
  }

  @Test
  void aJobThatFailedOrHasTwoResultsEndsTheMeasurement() {
    // Given
    DrainTally tally = new DrainTally();
    tally.add(result(1, ResultStatus.SUCCEEDED));

    // Then
    assertThatThrownBy(() -> tally.add(result(1, ResultStatus.SUCCEEDED)))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("two committed results: bench-00000001");
    assertThatThrownBy(() -> tally.add(result(2, ResultStatus.EXPIRED)))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("did not succeed");
  }

  @Test
  void jobIdsAreNumbers() {
    assertThat(CommandMessages.number(CommandMessages.jobId(4_711))).isEqualTo(4_711);
    assertThat(CommandMessages.number("another")).isEqualTo(-1);
  }

  @Test
  void pointsDifferInJobAndContentAlone() throws DecodeException, InvalidTensorException {
    // Given
    PointMessages messages = new PointMessages("model", "input");

    // When
    InferenceCommand one = MessageCodec.COMMANDS.decode(messages.value(1));
    InferenceCommand other = MessageCodec.COMMANDS.decode(messages.value(20_000_000));

    // Then
    assertThat(one.getJobId()).isEqualTo("bench-00000001");
    assertThat(other.getJobId()).isEqualTo("bench-20000000");
    float[] point = Tensors.floats(((Submit) other.getCommand()).getInputs().get(0));
    assertThat(point).hasSize(784);
    assertThat(point[0]).isEqualTo(20_000_000f);
    assertThat(Fingerprint.of("t", "m", (Submit) one.getCommand()))
        .isNotEqualTo(Fingerprint.of("t", "m", (Submit) other.getCommand()));
  }

  @Test
  void everyOtherMeasuredCommandIsACopyOfAnEarlierOne() {
    // Given
    DedupWorkload workload = new DedupWorkload(1_000, 500);

    // Then
    assertThat(LongStream.range(0, 1_000).map(workload::number)).doesNotHaveDuplicates();
    assertThat(LongStream.range(1_000, 1_500).map(workload::number).filter(n -> n < 1_000).count())
        .isEqualTo(250);
    assertThat(workload.map(7L).getFingerprint())
        .hasSize(32)
        .isEqualTo(workload.map(7L).getFingerprint());
    assertThat(workload.map(7L).getJobId()).isNotEqualTo(workload.map(8L).getJobId());
  }
}
