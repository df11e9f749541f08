package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QualitySummaryTest {

  @Test
  void labelsCountWhereverTheirAnswersDo() {
    // Given 80 of 100 right, the labels in another part than the answers
    QualitySummary answers = new QualitySummary();
    QualitySummary labels = new QualitySummary();
    for (int i = 0; i < 200; i++) {
      answers.answered("a", 0.9, 0.75);
    }
    for (int i = 0; i < 100; i++) {
      labels.labelled("a", 0.9, i < 80 ? "a" : "b", 60);
    }

    // When
    labels.merge(answers);
    VersionQuality quality = QualityAssessment.assess(labels);

    // Then with statsmodels' proportion_confint(80, 100, method="wilson")
    assertThat(quality.answered()).isEqualTo(200);
    assertThat(quality.labelled()).isEqualTo(100);
    assertThat(quality.accuracy()).isEqualTo(0.8);
    assertThat(quality.accuracyLower()).isCloseTo(0.7111708, within(1e-6));
    assertThat(quality.accuracyUpper()).isCloseTo(0.8666331, within(1e-6));
    assertThat(quality.estimatedAccuracy()).isCloseTo(0.75, within(1e-9));
    assertThat(quality.ece()).isCloseTo(0.1, within(1e-9));
    assertThat(quality.meanConfidence()).isCloseTo(0.9, within(1e-9));
    assertThat(quality.macroF1()).isCloseTo((2 * 80.0 / 180 + 0) / 2, within(1e-12));
    assertThat(quality.labelDelayP50()).isCloseTo(60, within(60 * 0.045));
    assertThat(quality.classes())
        .containsExactly(new ClassQuality("a", 80, 100, 80), new ClassQuality("b", 20, 0, 0));
    assertThat(quality.calibration()).hasSize(1);
  }

  @Test
  void saysNothingWithoutLabels() {
    // Given
    QualitySummary summary = new QualitySummary();
    summary.answered("a", 0.5, Double.NaN);

    // When
    VersionQuality quality = QualityAssessment.assess(summary);

    // Then
    assertThat(quality.accuracy()).isNull();
    assertThat(quality.labelDelayP95()).isNull();
    assertThat(quality.estimatedAccuracy()).isNull();
    assertThat(quality.estimateMethod()).isNull();
    assertThat(quality.meanConfidence()).isEqualTo(0.5);
  }

  @Test
  void delaysAreOffByLittle() {
    // Given
    DelayCounts delays = new DelayCounts();
    for (int i = 1; i <= 1_000; i++) {
      delays.add(i);
    }

    // Then
    assertThat(delays.quantile(0.5)).isCloseTo(500, within(500 * 0.045));
    assertThat(delays.quantile(0.95)).isCloseTo(950, within(950 * 0.045));
  }

  @Test
  void keepsTheClassesThatOccurMost() {
    // Given
    BoundedCounts counts = new BoundedCounts();
    for (int i = 0; i < 1_500; i++) {
      counts.add("class " + i);
    }

    // Then
    assertThat(counts.counts()).hasSize(BoundedCounts.LIMIT);
    assertThat(counts.others()).isEqualTo(500);
    assertThat(counts.n()).isEqualTo(1_500);
  }
}
