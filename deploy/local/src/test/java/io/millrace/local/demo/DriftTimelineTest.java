package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.avro.DriftReference;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftVerdict;
import io.millrace.schemas.avro.FeatureKind;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.ReferenceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftTimelineTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private final DriftTimeline timeline = new DriftTimeline("desk", "1.0.0", LENGTH);

  @Test
  void theWindowThatHoldsTheShiftIsNeitherBeforeNorAfterIt() {
    // Given
    window(0, DriftVerdict.STABLE);
    window(1, DriftVerdict.DRIFT);
    window(2, DriftVerdict.DRIFT);

    // When
    Instant shift = START.plusSeconds(15);

    // Then
    assertThat(timeline.before(shift))
        .extracting(DriftTimeline.Window::start)
        .containsExactly(START);
    assertThat(timeline.after(shift))
        .extracting(DriftTimeline.Window::start)
        .containsExactly(START.plusSeconds(20));
    assertThat(timeline.windowsToDetect(shift)).isEqualTo(1);
  }

  @Test
  void aDriftThatIsSeenLateCountsTheWindowsBeforeIt() {
    // Given
    window(2, DriftVerdict.STABLE);
    window(3, DriftVerdict.DRIFT);

    // Then
    assertThat(timeline.windowsToDetect(START.plusSeconds(15))).isEqualTo(2);
  }

  @Test
  void aDriftThatIsNotSeenHasNoNumberOfWindows() {
    // Given
    window(2, DriftVerdict.STABLE);
    window(3, DriftVerdict.INSUFFICIENT);

    // Then
    assertThat(timeline.windowsToDetect(START.plusSeconds(15))).isNull();
    assertThat(timeline.after(START.plusSeconds(15))).hasSize(1);
  }

  @Test
  void ofAWindowThatWasIssuedAgainTheLastIssueCounts() {
    // Given
    timeline.add(drift("label", 0, 1, DriftVerdict.STABLE));
    timeline.add(drift("label", 0, 0, DriftVerdict.DRIFT));

    // Then
    assertThat(timeline.windows()).hasSize(1);
    assertThat(timeline.windows().get(0).drifting()).isEmpty();
  }

  @Test
  void otherLengthsVersionsAndSegmentsAreLeftOut() {
    // Given
    DriftReport hour = drift("label", 0, 0, DriftVerdict.DRIFT);
    hour.setWindowEnd(START.plusSeconds(3_600));
    DriftReport other = drift("label", 0, 0, DriftVerdict.DRIFT);
    other.setVersion("2.0.0");
    DriftReport tenant = drift("label", 0, 0, DriftVerdict.DRIFT);
    tenant.setSegment("tenant=acme");

    // When
    List.of(hour, other, tenant).forEach(timeline::add);

    // Then
    assertThat(timeline.windows()).isEmpty();
  }

  @Test
  void theAccuracyOfSeveralWindowsIsWeightedByTheirLabels() {
    // Given
    timeline.add(quality(0, 100, 0.9));
    timeline.add(quality(1, 300, 0.7));
    timeline.add(quality(2, 0, null));

    // Then
    assertThat(DriftTimeline.accuracy(timeline.windows())).isCloseTo(0.75, within(1e-12));
    assertThat(DriftTimeline.estimatedAccuracy(timeline.windows())).isNull();
  }

  private void window(int number, DriftVerdict verdict) {
    timeline.add(drift("label", number, 0, verdict));
    timeline.add(drift("token_count", number, 0, DriftVerdict.INSUFFICIENT));
  }

  private static DriftReport drift(String feature, int window, int revision, DriftVerdict verdict) {
    return DriftReport.newBuilder()
        .setModel("desk")
        .setVersion("1.0.0")
        .setFeature(feature)
        .setKind(FeatureKind.NUMERIC)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setRevision(revision)
        .setN(1_000)
        .setReference(new DriftReference(ReferenceSource.PACKAGE, 450L, null, null))
        .setVerdict(verdict)
        .setMethod("jensen_shannon")
        .setScores(List.of())
        .setCreatedAt(START)
        .build();
  }

  private static QualityReport quality(int window, long labelled, @Nullable Double accuracy) {
    return QualityReport.newBuilder()
        .setModel("desk")
        .setVersion("1.0.0")
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setAnswered(400)
        .setLabelled(labelled)
        .setAccuracy(accuracy)
        .setCreatedAt(START)
        .build();
  }

  private static Instant start(int window) {
    return START.plus(LENGTH.multipliedBy(window));
  }
}
