package io.millrace.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionComparisonTest {

  @Test
  void comparesWhatBothVersionsSaid() {
    // Given
    List<PairedRow> rows =
        List.of(
            row("a", "a", 0.9, "a", 0.8),
            row("a", "a", 0.9, "b", 0.4),
            row("b", "b", 0.7, "b", 0.7),
            row("b", "a", 0.2, "b", 0.6));

    // When
    VersionComparison found = VersionComparison.of(rows, PairedBootstrap.DEFAULT);

    // Then
    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.production().accuracy()).isEqualTo(0.75);
    assertThat(found.candidate().accuracy()).isEqualTo(0.75);
    assertThat(found.agreement()).isEqualTo(0.5);
    assertThat(found.mcNemar()).isEqualTo(McNemar.of(1, 1));
    assertThat(found.candidate().logLoss())
        .isCloseTo(-Math.log(0.8 * 0.4 * 0.7 * 0.6) / 4, within(1e-12));
    // a: precision 2/3, recall 1 before; 1, 1/2 after
    assertThat(found.classes()).extracting(ClassChange::label).containsExactly("a", "b");
    assertThat(found.classes().get(0).f1Difference()).isCloseTo(2.0 / 3 - 0.8, within(1e-12));
    assertThat(found.classes().get(0).production().precision()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(found.classes().get(0).candidate().recall()).isEqualTo(0.5);
    assertThat(found.confusions()).containsOnlyKeys("a");
    assertThat(found.confusions().get("a"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 1));
  }

  @Test
  void needsRows() {
    assertThatThrownBy(() -> VersionComparison.of(List.of(), PairedBootstrap.DEFAULT))
        .hasMessage("No rows to compare on, expected at least one");
  }

  private static PairedRow row(
      String label, String before, double pBefore, String after, double pAfter) {
    return new PairedRow(
        label, new ScoredAnswer(before, 0.9, pBefore), new ScoredAnswer(after, 0.9, pAfter));
  }
}
