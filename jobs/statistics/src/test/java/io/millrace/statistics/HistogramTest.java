package io.millrace.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

  @Test
  void aValueOnAnEdgeBelongsToTheBinAboveExceptTheLast() {
    assertThat(Histogram.of(new double[] {0, 1, 2}, new double[] {0, 1, 1.5, 2}).counts())
        .containsExactly(1L, 3L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 2.1, Double.NaN})
  void refusesWhatLiesOutside(double value) {
    assertThatThrownBy(() -> Histogram.of(new double[] {0, 1, 2}, new double[] {value}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside the edges 0.0 to 2.0");
  }

  @Test
  void refusesEdgesAndCountsThatDoNotFit() {
    assertThatThrownBy(() -> new Histogram(List.of(0.0, 1.0), List.of(1L, 2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one more edge than counts");
    assertThatThrownBy(() -> new Histogram(List.of(0.0, 0.0), List.of(1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not ascending");
  }

  @Test
  void doaneRefusesWhatIsNoNumber() {
    assertThatThrownBy(() -> HistogramEdges.doane(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected finite numbers");
  }
}
