package io.millrace.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class McNemarTest {

  @Test
  void fewDiscordantRowsTakeTheExactTest() {
    // When
    McNemar test = McNemar.of(1, 5);

    // Then: 2 (C(6,0) + C(6,1)) / 2^6
    assertThat(test.exact()).isTrue();
    assertThat(test.pValue()).isCloseTo(14.0 / 64, within(1e-12));
  }

  /** Agresti (1990) p. 350: (|86 - 150| - 1)^2 / 236; scipy.stats.chi2.sf(3969 / 236, 1). */
  @Test
  void manyTakeChiSquareWithContinuityCorrection() {
    // When
    McNemar test = McNemar.of(86, 150);

    // Then
    assertThat(test.exact()).isFalse();
    assertThat(test.pValue()).isCloseTo(4.114562281345944e-05, within(1e-12));
  }

  @Test
  void theExactTestEndsBelowTwentyFive() {
    assertThat(McNemar.of(12, 12).exact()).isTrue();
    assertThat(McNemar.of(12, 13).exact()).isFalse();
  }

  @Test
  void equalCountsSayNothing() {
    assertThat(McNemar.of(0, 0).pValue()).isEqualTo(1);
    assertThat(McNemar.of(3, 3).pValue()).isEqualTo(1);
    assertThat(McNemar.of(20, 20).pValue()).isEqualTo(1);
  }
}
