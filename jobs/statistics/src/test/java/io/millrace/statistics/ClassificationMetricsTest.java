package io.millrace.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {

  private final ClassificationMetrics metrics = new ClassificationMetrics();

  @Test
  void agreesWithValuesComputedByHand() {
    // When
    metrics.add("a", "a", 0.9);
    metrics.add("a", "b", 0.3);
    metrics.add("b", "b", 0.6);
    metrics.add("b", "b", 0.8);
    metrics.add("c", "a", 0.1);

    // Then a: precision 1/2, recall 1/2; b: 2/3, 1; c: 0, 0
    assertThat(metrics.rows()).isEqualTo(5);
    assertThat(metrics.accuracy()).isEqualTo(0.6);
    assertThat(metrics.macroF1()).isCloseTo((0.5 + 0.8 + 0) / 3, within(1e-12));
    assertThat(metrics.logLoss())
        .isCloseTo(-Math.log(0.9 * 0.3 * 0.6 * 0.8 * 0.1) / 5, within(1e-12));
  }

  @Test
  void aProbabilityOfZeroCostsMuchButNotAll() {
    // When
    metrics.add("a", "b", 0);

    // Then
    assertThat(metrics.logLoss()).isBetween(15.0, 17.0);
  }

  @Test
  void countsEachClassAndEachConfusion() {
    // When
    metrics.add("a", "a", 0.9);
    metrics.add("a", "b", 0.3);
    metrics.add("b", "b", 0.6);
    metrics.add("c", "d", 0.1);

    // Then
    assertThat(metrics.classes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a", new ClassMetrics(2, 1, 1),
                "b", new ClassMetrics(1, 2, 1),
                "c", new ClassMetrics(1, 0, 0),
                "d", new ClassMetrics(0, 1, 0)));
    assertThat(metrics.predictions("a")).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 1));
    assertThat(metrics.predictions("unheard of")).isEmpty();
    ClassMetrics b = new ClassMetrics(1, 2, 1);
    assertThat(b.precision()).isEqualTo(0.5);
    assertThat(b.recall()).isEqualTo(1);
    assertThat(b.f1()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(new ClassMetrics(1, 0, 0).precision()).isZero();
    assertThat(new ClassMetrics(0, 1, 0).recall()).isZero();
  }
}
