package io.millrace.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.statistics.evaluation.PairedBootstrap.Differences;
import io.millrace.statistics.evaluation.PairedBootstrap.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  @Test
  void versionsThatAnswerAlikeDifferByNothing() {
    // When
    Differences differences = PairedBootstrap.DEFAULT.differences(rows(30, 0, 0, 10));

    // Then
    assertThat(differences.accuracy()).isEqualTo(new Interval(0, 0, 0));
    assertThat(differences.macroF1()).isEqualTo(new Interval(0, 0, 0));
    assertThat(differences.logLoss()).isEqualTo(new Interval(0, 0, 0));
  }

  /**
   * The difference of paired accuracies has the variance ((b + c) / n - (c - b)^2 / n^2) / n, so
   * the interval is about -0.04 +- 1.96 * 0.01259.
   */
  @Test
  void theIntervalOfTheAccuracyIsAboutTheNormalOne() {
    // When
    Interval accuracy = PairedBootstrap.DEFAULT.differences(rows(800, 100, 60, 40)).accuracy();

    // Then
    assertThat(accuracy.estimate()).isCloseTo(-0.04, within(1e-12));
    assertThat(accuracy.lower()).isCloseTo(-0.04 - 1.96 * 0.01259, within(0.002));
    assertThat(accuracy.upper()).isCloseTo(-0.04 + 1.96 * 0.01259, within(0.002));
  }

  @Test
  void estimatesAreThoseOfAllRows() {
    // When: production right on 3 of 4, the candidate on 2.
    Differences differences = PairedBootstrap.DEFAULT.differences(rows(2, 1, 0, 1));

    // Then: the only labels are a; F1 of a 6/7 and 2/3, of the wrong answer b 0.
    assertThat(differences.accuracy().estimate()).isEqualTo(-0.25);
    assertThat(differences.macroF1().estimate()).isCloseTo((2.0 / 3 - 6.0 / 7) / 2, within(1e-12));
    assertThat(differences.logLoss().estimate())
        .isCloseTo((Math.log(0.8) - Math.log(0.2)) / 4, within(1e-12));
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    // Given
    List<PairedRow> rows = rows(50, 10, 8, 5);

    // Then
    assertThat(new PairedBootstrap(200, 1, 0.95).differences(rows))
        .isEqualTo(new PairedBootstrap(200, 1, 0.95).differences(rows))
        .isNotEqualTo(new PairedBootstrap(200, 2, 0.95).differences(rows));
  }

  @Test
  void aLevelIsNoPercentage() {
    assertThatThrownBy(() -> new PairedBootstrap(10, 1, 95))
        .hasMessageContaining("expected at least 1 and a level between 0 and 1");
  }

  private static List<PairedRow> rows(int both, int productionOnly, int candidateOnly, int none) {
    ScoredAnswer right = new ScoredAnswer("a", 0.8, 0.8);
    ScoredAnswer wrong = new ScoredAnswer("b", 0.8, 0.2);
    List<PairedRow> rows = new ArrayList<>();
    add(rows, both, right, right);
    add(rows, productionOnly, right, wrong);
    add(rows, candidateOnly, wrong, right);
    add(rows, none, wrong, wrong);
    return rows;
  }

  private static void add(
      List<PairedRow> rows, int times, ScoredAnswer production, ScoredAnswer candidate) {
    for (int i = 0; i < times; i++) {
      rows.add(new PairedRow("a", production, candidate));
    }
  }
}
