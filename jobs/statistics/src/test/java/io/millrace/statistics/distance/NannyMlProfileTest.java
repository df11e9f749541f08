package io.millrace.statistics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.statistics.Bins;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NannyMlProfileTest {

  @Test
  void theThresholdIsTheMeanAndThreeDeviationsOfThePopulation() {
    assertThat(NannyMlProfile.threshold(new double[] {1, 2, Double.NaN, 3}))
        .isCloseTo(2 + 3 * Math.sqrt(2.0 / 3), within(1e-12));
    assertThat(NannyMlProfile.threshold(new double[0])).isNaN();
  }

  @Test
  void whatLiesOutsideIsABinOfItsOwn() {
    NannyMlNumbers fitted = NannyMlProfile.numbers(new double[] {0, 1, 2, 3, Double.NaN});

    assertThat(fitted.jensenShannon(new double[] {-5, 9, Double.POSITIVE_INFINITY})).isEqualTo(1);
    assertThat(fitted.hellinger(new double[] {-5, 9})).isEqualTo(1);
    assertThat(fitted.jensenShannon(new double[] {0, 1, 2, 3, Double.NaN})).isZero();
  }

  @Test
  void nothingToCompareHasNoScore() {
    NannyMlNumbers numbers = NannyMlProfile.numbers(new double[] {0, 1});
    double[] nothing = {Double.NaN};

    assertThat(numbers.jensenShannon(nothing)).isNaN();
    assertThat(numbers.hellinger(nothing)).isNaN();
    assertThat(numbers.wasserstein(nothing)).isNaN();
    assertThat(numbers.kolmogorovSmirnov(nothing)).isNaN();
    assertThat(NannyMlProfile.categories(List.of("a")).jensenShannon(List.of())).isNaN();
    assertThatThrownBy(() -> NannyMlProfile.numbers(nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The reference has no number, expected at least one");
  }

  /** What makes the streaming scores exact: they need no more than counters on these edges. */
  @Test
  void countersOnTheReferencesEdgesGiveTheSameScore() {
    // Given
    Random random = new Random(7);
    double[] reference = random.doubles(2_000).map(Math::sqrt).toArray();
    double[] current = random.doubles(700).map(value -> value * 1.3).toArray();
    NannyMlNumbers fitted = NannyMlProfile.numbers(reference);

    // When
    AlignedCounts counters =
        new AlignedCounts(
            Bins.count(fitted.edges(), reference), Bins.count(fitted.edges(), current));

    // Then
    assertThat(
            JensenShannon.distance(
                counters.referenceShares(), counters.currentShares(), LogBase.TWO))
        .isEqualTo(fitted.jensenShannon(current));
  }

  @Test
  void valuesThatTheReferenceHasNotAreOne() {
    NannyMlCategories fitted = NannyMlProfile.categories(List.of("a", "b"));

    assertThat(fitted.jensenShannon(List.of("a", "c", "d")))
        .isEqualTo(fitted.jensenShannon(List.of("a", "c", "c")));
    assertThat(fitted.lInfinity(List.of("c", "d"))).isEqualTo(0.5);
  }
}
