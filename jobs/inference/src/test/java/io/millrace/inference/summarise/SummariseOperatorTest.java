package io.millrace.inference.summarise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.inference.observe.Sample;
import io.millrace.inference.observe.Samples;
import io.millrace.inference.reference.HeldReferences;
import io.millrace.inference.reference.NoReferences;
import io.millrace.inference.reference.References;
import io.millrace.inference.reference.VersionReference;
import io.millrace.statistics.profile.ConfidenceCalibration;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.Origin;
import io.millrace.statistics.window.QualityAssessment;
import io.millrace.statistics.window.QualitySummary;
import io.millrace.statistics.window.SavedBy;
import io.millrace.statistics.window.Saving;
import io.millrace.statistics.window.TenantCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummariseOperatorTest {

  private static final long PANE = 60_000;
  private static final long LATE = 10_000;

  /** Time does not wait here. */
  private static final Delays DELAYS = new Delays(0, LATE, 20_000);

  private TwoInputStreamOperatorTestHarness<Sample, Boolean, PartialSummary> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(new NoReferences(), 2, 1, 0);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aPaneIsHandedOnBeforeTheWatermarkThatEndsIt() throws Exception {
    add("job-1", "acme", 10);
    add("job-2", "bolt", PANE - 1);
    add("job-3", "acme", PANE);
    harness.processWatermark2(new Watermark(PANE - 2));
    assertThat(summaries()).isEmpty();

    harness.processWatermark2(new Watermark(PANE - 1));

    List<Object> output = new ArrayList<>(harness.getOutput());
    assertThat(output.get(output.size() - 1)).isEqualTo(new Watermark(PANE - 1));
    assertThat(summaries())
        .extracting(PartialSummary::segment, PartialSummary::start, PartialSummary::rows)
        .containsExactlyInAnyOrder(
            tuple("all", 0L, 2L), tuple("tenant=acme", 0L, 1L), tuple("tenant=bolt", 0L, 1L));
  }

  @Test
  void repeatsCountForQualityAndCostAndNotForDrift() throws Exception {
    add("job-1", "acme", 10);
    harness.processElement1(new StreamRecord<>(Samples.cached("job-2", "acme", "refund"), 11));
    harness.processElement1(new StreamRecord<>(Samples.failed("job-3", "acme"), 12));
    harness.processWatermark2(new Watermark(PANE));

    PartialSummary all = only("all");
    assertThat(all.rows()).isEqualTo(1);
    assertThat(QualitySummary.of(Objects.requireNonNull(all.quality())).answered()).isEqualTo(2);
    assertThat(all.price()).isEqualTo(new Price(3.6, 12));
    TenantCost cost =
        Objects.requireNonNull(
            CostSummary.of(Objects.requireNonNull(all.cost())).tenants().get("acme"));
    assertThat(cost.answers())
        .containsEntry(Origin.COMPUTED, 1L)
        .containsEntry(Origin.CACHED, 1L)
        .containsEntry(Origin.FAILED, 1L);
    assertThat(cost.computeSeconds()).isEqualTo(0.1);
    assertThat(cost.savings())
        .isEqualTo(
            Map.of(
                SavedBy.CACHE, new Saving(1, 0.25, 0.25),
                SavedBy.BATCHING, new Saving(1, 0.25, 0.15)));
    assertThat(only("tenant=acme").cost()).as("tenants are told apart in all").isNull();
  }

  @Test
  void lateSamplesAreHandedOnTogether() throws Exception {
    harness.processWatermark2(new Watermark(2 * PANE));
    add("job-1", "acme", 10);
    harness.processWatermark2(new Watermark(2 * PANE + 1));
    add("job-2", "acme", 11);
    assertThat(summaries()).isEmpty();

    harness.setProcessingTime(LATE);

    assertThat(only("all").rows()).isEqualTo(2);
  }

  @Test
  void withoutASourceThatSpeaksPanesEndByTheWallClock() throws Exception {
    add("job-1", "acme", 10);
    harness.processWatermark2(new Watermark(5));
    harness.setProcessingTime(10 * PANE);
    assertThat(summaries()).as("a source that is not idle is waited for").isEmpty();

    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    harness.setProcessingTime(10 * PANE + PANE - 12);
    assertThat(summaries()).isEmpty();
    harness.setProcessingTime(11 * PANE + 1_000);

    assertThat(only("all").rows()).isEqualTo(1);
    assertThat(harness.getOutput()).doesNotContain(WatermarkStatus.IDLE);
  }

  @Test
  void theEndOfTheInputsEndsAllPanes() throws Exception {
    add("job-1", "acme", 10);
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    assertThat(summaries()).as("samples may still come").isEmpty();
    add("job-2", "acme", PANE);

    harness.processWatermark1(Watermark.MAX_WATERMARK);

    assertThat(summaries()).hasSize(4);
  }

  @Test
  void segmentsBeyondTheirNumberAreOne() throws Exception {
    for (int i = 0; i < 5; i++) {
      add("job-" + i, "tenant-" + i, 10);
    }
    harness.processWatermark2(new Watermark(PANE));

    assertThat(summaries())
        .extracting(PartialSummary::segment)
        .containsExactlyInAnyOrder("all", "tenant=tenant-0", "tenant=tenant-1", "tenant=other");
    assertThat(only("tenant=other").rows()).isEqualTo(3);
  }

  @Test
  void panesAndTimeSurviveARestore() throws Exception {
    harness.processWatermark2(new Watermark(30));
    add("job-1", "acme", 40);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    assertThat(summaries()).isEmpty();
    harness.close();

    harness = harness(new NoReferences(), 2, 1, 0);
    harness.initializeState(snapshot);
    harness.open();
    add("job-2", "acme", 50);
    harness.processWatermark2(new Watermark(PANE));

    assertThat(new ArrayList<>(harness.getOutput()).get(0)).isEqualTo(new Watermark(30));
    assertThat(only("all").rows()).isEqualTo(2);
    assertThat(QualitySummary.of(Objects.requireNonNull(only("all").quality())).answered())
        .isEqualTo(2);
  }

  @Test
  void nothingIsLostOrDoubledWithAnotherParallelism() throws Exception {
    List<OperatorSubtaskState> snapshots = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var one = harness(new NoReferences(), 100, 2, subtask)) {
        one.open();
        one.processWatermark2(new Watermark(10 + subtask));
        for (int i = 0; i < 10; i++) {
          one.processElement1(
              new StreamRecord<>(
                  Samples.computed("job-" + subtask + i, "tenant-" + i, 5, "refund"),
                  i * PANE / 2));
        }
        snapshots.add(one.snapshot(1, 1));
      }
    }
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repackageState(snapshots.get(0), snapshots.get(1));

    long rows = 0;
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(whole, 128, 2, 3, subtask);
      try (var one = harness(new NoReferences(), 100, 3, subtask)) {
        one.initializeState(part);
        one.open();
        one.processWatermark2(new Watermark(10 * PANE));
        assertThat(new ArrayList<>(one.getOutput()).get(0))
            .as("the least of all times")
            .isEqualTo(new Watermark(10));
        rows +=
            one.extractOutputValues().stream()
                .filter(summary -> summary.segment().equals("all"))
                .mapToLong(PartialSummary::rows)
                .sum();
      }
    }

    assertThat(rows).isEqualTo(20);
  }

  @Test
  void samplesWaitForTheReferenceOfTheirVersion() throws Exception {
    harness.close();
    HeldReferences.hold();
    harness = harness(new HeldReferences(), 2, 1, 0);
    harness.open();
    add("job-1", "acme", 10);
    harness.processWatermark2(new Watermark(5));

    HeldReferences.release(
        new VersionReference(
            ReferenceProfile.of(Map.of("token_count", new double[] {1, 2, 3}), Map.of(), Map.of())
                .calibrated(
                    ConfidenceCalibration.fit(
                        new double[] {0.75, 0.75}, new boolean[] {true, false}),
                    0.9),
            0.9));
    add("job-2", "acme", 11);
    harness.processWatermark2(new Watermark(PANE));

    assertThat(only("all").rows()).isEqualTo(2);
    assertThat(
            QualityAssessment.assess(
                    QualitySummary.of(Objects.requireNonNull(only("all").quality())))
                .estimatedAccuracy())
        .isEqualTo(0.5);
  }

  private void add(String jobId, String tenant, long time) throws Exception {
    harness.processElement1(new StreamRecord<>(Samples.computed(jobId, tenant, 5, "refund"), time));
  }

  private List<PartialSummary> summaries() {
    return harness.extractOutputValues();
  }

  private PartialSummary only(String segment) {
    List<PartialSummary> found =
        summaries().stream().filter(summary -> summary.segment().equals(segment)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static TwoInputStreamOperatorTestHarness<Sample, Boolean, PartialSummary> harness(
      References.Factory references, int maxSegments, int parallelism, int subtask)
      throws Exception {
    return new TwoInputStreamOperatorTestHarness<>(
        SummariseOperator.ofSamples(
            new Measures(true, true, true, PANE, maxSegments, true), references, DELAYS),
        128,
        parallelism,
        subtask);
  }
}
