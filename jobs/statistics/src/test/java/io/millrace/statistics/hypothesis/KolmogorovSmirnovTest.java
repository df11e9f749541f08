package io.millrace.statistics.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {

  /** DataSketches' own test does not reject this. */
  @Test
  void sketchesOfAMillionTellADifferenceOfFourHundredths() {
    KolmogorovSmirnov test = KolmogorovSmirnov.ofDelta(0.040, 1_000_000, 1_000_000, 0.0035, 0.0035);

    assertThat(test.rejects(0.05)).isTrue();
    assertThat(test.statistic()).isEqualTo(0.040);
    // 2 exp(-0.033^2 * 1,000,000)
    assertThat(test.pValue()).isCloseTo(2 * Math.exp(-1089), within(1e-300));
  }

  @Test
  void aDifferenceWithinTheSketchesErrorsIsNone() {
    assertThat(KolmogorovSmirnov.ofDelta(0.006, 1_000_000_000, 1_000_000_000, 0.0035, 0.0035))
        .isEqualTo(new KolmogorovSmirnov(0.006, 1));
  }

  /** The bound is above the exact p, so it never rejects where the exact test does not. */
  @Test
  void theTestOfSketchesIsConservative() {
    Random random = new Random(20);
    for (int i = 0; i < 50; i++) {
      double[] x = random.doubles(200).toArray();
      double[] y = random.doubles(150).map(value -> value + 0.1).toArray();
      KolmogorovSmirnov exact = KolmogorovSmirnov.exact(x, y);

      assertThat(KolmogorovSmirnov.ofDelta(exact.statistic(), 200, 150, 0, 0).pValue())
          .isGreaterThanOrEqualTo(exact.pValue());
    }
  }

  @Test
  void samplesThatCannotBeOrderedAreRefused() {
    assertThatThrownBy(() -> KolmogorovSmirnov.of(new double[0], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sample is empty, expected at least one value");
    assertThatThrownBy(() -> KolmogorovSmirnov.of(new double[] {1, Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sample holds NaN, expected numbers");
    assertThatThrownBy(() -> KolmogorovSmirnov.ofDelta(0.1, 0, 5, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected at least one value a sample, found 0 and 5");
  }
}
