package io.millrace.statistics.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {

  /** numpy.quantile([3, 1, 4, 2], [0, 0.25, 0.5, 0.9, 1]) = [1, 1.75, 2.5, 3.7, 4]. */
  @Test
  void agreesWithNumpy() {
    // When
    Quantiles quantiles = new Quantiles(new double[] {3, 1, 4, 2});

    // Then
    assertThat(quantiles.at(0)).isEqualTo(1);
    assertThat(quantiles.at(0.25)).isEqualTo(1.75);
    assertThat(quantiles.at(0.5)).isEqualTo(2.5);
    assertThat(quantiles.at(0.9)).isCloseTo(3.7, within(1e-12));
    assertThat(quantiles.at(1)).isEqualTo(4);
  }

  @Test
  void anEmptySampleHasNone() {
    assertThat(new Quantiles(new double[0]).at(0.5)).isNaN();
  }

  @Test
  void aShareIsNoPercentage() {
    assertThatThrownBy(() -> new Quantiles(new double[] {1}).at(99))
        .hasMessage("A quantile of 99.0, expected 0 to 1");
  }
}
