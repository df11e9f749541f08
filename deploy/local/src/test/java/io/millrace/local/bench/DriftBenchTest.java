package io.millrace.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DriftBenchTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theFirstQuarterOfADrainDoesNotCount() {
    // Given a slow quarter, then one completion every 10 ms
    List<Instant> completions =
        LongStream.range(0, 400)
            .mapToObj(i -> START.plusMillis(i < 100 ? i * 100 : 10_000 + (i - 100) * 10))
            .toList();

    // Then
    assertThat(DrainRate.perSecond(completions)).isCloseTo(100, within(1e-9));
  }

  @Test
  void completionsAtOneTimeAreNoRate() {
    assertThatThrownBy(() -> DrainRate.perSecond(List.of(START, START)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 completions");
  }

  @Test
  void theRatioIsOfNeighbouringRuns() {
    // Given a machine that became twice as fast on the way
    Series on = new Series(List.of(95.0, 190.0, 200.0));
    Series off = new Series(List.of(100.0, 200.0, 200.0));

    // When
    DriftBenchSummary summary = DriftBenchSummary.of(on, off, 1);

    // Then
    assertThat(summary.ratio().median()).isCloseTo(0.95, within(1e-12));
    assertThat(summary.ratio().max()).isEqualTo(1);
    assertThat(summary.on().min()).isEqualTo(95);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddle() {
    assertThat(new Series(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
  }
}
