package io.millrace.local.cluster.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScaleOutSummaryTest {

  @Test
  void theRatioIsTheMedianOfRunsThatFollowedEachOther() {
    ScaleOutSummary summary =
        ScaleOutSummary.of(100, List.of(100.0, 50.0, 100.0), List.of(190.0, 100.0, 110.0), 0);

    assertThat(summary.ratios()).containsExactly(1.9, 2.0, 1.1);
    assertThat(summary.ratio()).isEqualTo(1.9);
    assertThat(ScaleOutSummary.of(1, List.of(1.0, 1.0), List.of(1.0, 2.0), 0).ratio())
        .isEqualTo(1.5);
  }

  @Test
  void theRateIsThatOfTheMiddle() {
    // Slow at both edges, ten a second between.
    List<Instant> completions =
        IntStream.range(0, 100)
            .mapToObj(i -> Instant.ofEpochMilli(i < 15 ? i * 1_000L : 15_000 + i * 100L))
            .toList();

    assertThat(PreloadedTopic.perSecond(completions)).isCloseTo(10, within(1e-9));
  }
}
