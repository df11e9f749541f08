package io.millrace.inference.window;

import static io.millrace.inference.window.WindowsHarness.HOUR;
import static io.millrace.inference.window.WindowsHarness.LATE_INTERVAL;
import static io.millrace.inference.window.WindowsHarness.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.inference.label.Answered;
import io.millrace.inference.label.LabelledAnswer;
import io.millrace.inference.observe.Samples;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.inference.summarise.Partials;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftVerdict;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.SavedBy;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowsOperatorTest {

  private WindowsHarness windows;

  @BeforeEach
  void open() throws Exception {
    windows = new WindowsHarness(null);
  }

  @AfterEach
  void close() throws Exception {
    windows.close();
  }

  @Test
  void theReportsOfAWindowAreIssuedOnceWhenItIsOver() throws Exception {
    windows.add(answers(0, 3, 10));
    windows.add(answers(3, 2, 20));
    windows.watermark(MINUTE - 2);
    assertThat(windows.drift()).isEmpty();

    windows.watermark(MINUTE - 1);
    windows.watermark(MINUTE + 1);

    assertThat(drift("all"))
        .extracting(DriftReport::getFeature, DriftReport::getN, DriftReport::getVerdict)
        .containsExactly(
            tuple("token_count", 5L, DriftVerdict.INSUFFICIENT),
            tuple("label", 5L, DriftVerdict.INSUFFICIENT));
    DriftReport report = drift("all").get(0);
    assertThat(report.getWindowStart()).isEqualTo(Instant.EPOCH);
    assertThat(report.getWindowEnd()).isEqualTo(Instant.ofEpochMilli(MINUTE));
    assertThat(report.getRevision()).isZero();
    assertThat(drift("tenant=acme")).extracting(DriftReport::getN).containsExactly(5L, 5L);
    assertThat(quality("all")).extracting(QualityReport::getAnswered).containsExactly(5L);
    CostReport cost = windows.cost().get(0);
    assertThat(windows.cost()).hasSize(1);
    assertThat(cost.getComputed()).isEqualTo(5);
    assertThat(cost.getComputeSeconds()).isEqualTo(0.5);
    assertThat(cost.getPricePerHour()).isEqualTo(3.6);
    assertThat(cost.getCost()).isEqualTo(0.5 / 3600 * 3.6);
    assertThat(cost.getSavings())
        .extracting(saving -> saving.getBy())
        .containsExactly(SavedBy.BATCHING);
  }

  @Test
  void panesMakeLongerWindows() throws Exception {
    windows.add(answers(0, 3, 10));
    windows.add(answers(3, 2, 30 * MINUTE));
    windows.watermark(HOUR);

    assertThat(quality("all"))
        .filteredOn(report -> report.getWindowEnd().toEpochMilli() == HOUR)
        .extracting(QualityReport::getAnswered)
        .containsExactly(5L);
  }

  @Test
  void lateDataMarkAWindowThatIsIssuedAgainOnceAnInterval() throws Exception {
    windows.add(answers(0, 3, 10));
    windows.watermark(2 * MINUTE);
    windows.add(answers(3, 2, 20));
    windows.add(answers(5, 1, 30));
    assertThat(drift("all")).hasSize(2);

    windows.processingTime(LATE_INTERVAL);

    assertThat(drift("all")).hasSize(4);
    DriftReport again = drift("all").get(2);
    assertThat(again.getN()).isEqualTo(6);
    assertThat(again.getRevision()).isEqualTo(1);
    assertThat(again.getLate()).isEqualTo(3);
    assertThat(quality("all")).extracting(QualityReport::getAnswered).containsExactly(3L, 6L);
    assertThat(windows.cost()).extracting(CostReport::getComputed).containsExactly(3L, 6L);
    windows.processingTime(3 * LATE_INTERVAL);
    assertThat(drift("all")).hasSize(4);
  }

  @Test
  void aLabelChangesTheQualityOfItsAnswersWindowAlone() throws Exception {
    windows.add(answers(0, 4, 10));
    windows.watermark(HOUR);
    int drift = windows.drift().size();
    windows.add(
        new Partials(MINUTE).add(labelled(0, "refund")).add(labelled(1, "none of them")).take());

    windows.processingTime(LATE_INTERVAL);

    assertThat(windows.drift()).hasSize(drift);
    List<QualityReport> reports = quality("all");
    QualityReport hour = reports.get(reports.size() - 1);
    assertThat(reports).hasSize(3);
    assertThat(hour.getWindowEnd()).isEqualTo(Instant.ofEpochMilli(HOUR));
    assertThat(hour.getRevision()).isEqualTo(1);
    assertThat(hour.getAnswered()).isEqualTo(4);
    assertThat(hour.getLabelled()).isEqualTo(2);
    assertThat(hour.getAccuracy()).isEqualTo(0.5);
  }

  @Test
  void windowsAreForgottenWhenNothingIsTakenInAnyMore() throws Exception {
    windows.add(answers(0, 3, 10));
    windows.watermark(HOUR + 10 * MINUTE);
    assertThat(windows.drift()).isNotEmpty();
    int issued = windows.drift().size();
    windows.add(answers(3, 3, 10));
    windows.processingTime(LATE_INTERVAL);
    assertThat(windows.drift()).as("too late for features").hasSize(issued);

    windows.watermark(3 * HOUR);
    windows.add(answers(6, 3, 10));
    windows.processingTime(2 * LATE_INTERVAL);
    windows.watermark(30 * HOUR);

    assertThat(windows.drift()).hasSize(issued);
    assertThat(windows.stateEntries()).as("the names of the segments").isEqualTo(2);
    assertThat(windows.timers()).isZero();
  }

  @Test
  void segmentsBeyondTheirNumberAreOneAndNoneIsInTwoPlaces() throws Exception {
    for (String tenant : List.of("acme", "bolt", "corp", "dyne", "acme")) {
      windows.add(
          new Partials(MINUTE)
              .add(Samples.computed("job-" + tenant, tenant, 5, "refund"), 10)
              .take());
    }
    windows.watermark(MINUTE);

    assertThat(windows.quality())
        .filteredOn(report -> !report.getSegment().equals("all"))
        .extracting(QualityReport::getSegment, QualityReport::getAnswered)
        .containsExactlyInAnyOrder(
            tuple("tenant=acme", 2L), tuple("tenant=bolt", 1L), tuple("tenant=other", 2L));

    windows.watermark(30 * HOUR);
    windows.add(
        new Partials(MINUTE)
            .add(Samples.computed("job-9", "dyne", 5, "refund"), 30 * HOUR + MINUTE)
            .take());
    windows.watermark(31 * HOUR);

    assertThat(windows.quality())
        .filteredOn(report -> report.getWindowStart().toEpochMilli() >= 30 * HOUR)
        .as("there is room again")
        .extracting(QualityReport::getSegment)
        .contains("tenant=dyne");
  }

  @Test
  void aRestoredOneIssuesWhatWasUnderWayAndNothingTwice() throws Exception {
    windows.add(answers(0, 3, 10));
    windows.watermark(MINUTE);
    windows.add(answers(3, 2, MINUTE + 10));
    windows.add(answers(5, 1, 20));
    OperatorSubtaskState snapshot = windows.snapshot();
    windows.close();

    windows = new WindowsHarness(snapshot);
    windows.processingTime(LATE_INTERVAL);
    windows.watermark(2 * MINUTE);

    assertThat(drift("all"))
        .filteredOn(report -> report.getFeature().equals("label"))
        .extracting(DriftReport::getWindowStart, DriftReport::getN, DriftReport::getRevision)
        .containsExactlyInAnyOrder(
            tuple(Instant.EPOCH, 4L, 1), tuple(Instant.ofEpochMilli(MINUTE), 2L, 0));
  }

  @Test
  void earlierWindowsAreTheReferenceOfAVersionWithoutAProfile() throws Exception {
    for (int hour = 0; hour < 4; hour++) {
      windows.add(answers(0, 300, hour * HOUR + 10));
    }
    windows.watermark(4 * HOUR);

    List<DriftReport> hours =
        drift("all").stream()
            .filter(report -> report.getFeature().equals("label"))
            .filter(
                report ->
                    report.getWindowEnd().toEpochMilli() - report.getWindowStart().toEpochMilli()
                        == HOUR)
            .toList();
    assertThat(hours)
        .extracting(report -> report.getReference().getN())
        .containsExactly(0L, 300L, 600L, 900L);
    assertThat(hours.get(3).getReference().getFrom()).isEqualTo(Instant.EPOCH);
    assertThat(hours.get(3).getReference().getUntil()).isEqualTo(Instant.ofEpochMilli(3 * HOUR));
  }

  private List<PartialSummary> answers(int first, int number, long time) {
    Partials partials = new Partials(MINUTE);
    for (int i = first; i < first + number; i++) {
      partials.add(Samples.computed("job-" + i, "acme", 5 + i % 3, "refund"), time);
    }
    return partials.take();
  }

  private static LabelledAnswer labelled(int job, String label) {
    return new LabelledAnswer(
        new Answered(
            "job-" + job,
            Samples.MODEL,
            Samples.VERSION,
            List.of("tenant=acme"),
            "refund",
            Samples.CONFIDENCE,
            10,
            20),
        label,
        60);
  }

  private List<DriftReport> drift(String segment) {
    return windows.drift().stream().filter(r -> r.getSegment().equals(segment)).toList();
  }

  private List<QualityReport> quality(String segment) {
    return windows.quality().stream().filter(r -> r.getSegment().equals(segment)).toList();
  }
}
