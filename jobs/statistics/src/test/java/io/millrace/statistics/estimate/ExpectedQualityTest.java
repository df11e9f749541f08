package io.millrace.statistics.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpectedQualityTest {

  @Test
  void theAccuracyOfManyClassesIsTheMeanProbabilityOfThePredictedOnes() {
    ExpectedAccuracy estimate =
        ExpectedAccuracy.of(
            new int[] {0, 2, 1},
            new double[][] {{0.7, 0.2, 0.1}, {0.3, 0.1, 0.6}, {0.2, 0.5, 0.3}});

    assertThat(estimate.accuracy()).isCloseTo(0.6, within(1e-12));
    assertThat(estimate.plus(ExpectedAccuracy.NONE)).isEqualTo(estimate);
    assertThat(ExpectedAccuracy.NONE.accuracy()).isNaN();
  }

  @Test
  void chunksAddUp() {
    ExpectedConfusion first = ExpectedConfusion.of(new boolean[] {true}, new double[] {0.9});
    ExpectedConfusion second = ExpectedConfusion.of(new boolean[] {false}, new double[] {0.25});

    assertThat(first.plus(second))
        .isEqualTo(ExpectedConfusion.of(new boolean[] {true, false}, new double[] {0.9, 0.25}));
    assertThat(first.plus(second).accuracy()).isCloseTo((0.9 + 0.75) / 2, within(1e-12));
  }

  @Test
  void whatIsNotDefinedIsZeroAsNannyMlHasIt() {
    ExpectedConfusion nonePositive = ExpectedConfusion.of(new boolean[] {false}, new double[] {0});

    assertThat(nonePositive.precision()).isZero();
    assertThat(nonePositive.recall()).isZero();
    assertThat(nonePositive.f1()).isZero();
    assertThat(nonePositive.specificity()).isEqualTo(1);
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> ExpectedConfusion.NONE.plus(true, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a probability from 0 to 1, found 1.5");
    assertThatThrownBy(() -> ExpectedAccuracy.NONE.plus(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a probability from 0 to 1, found NaN");
  }
}
