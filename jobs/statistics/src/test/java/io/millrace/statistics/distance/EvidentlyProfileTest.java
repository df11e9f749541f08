package io.millrace.statistics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidentlyProfileTest {

  /** evidently's _get_default_stattest. */
  @ParameterizedTest
  @CsvSource({
    "1000, 6, KOLMOGOROV_SMIRNOV",
    "1000, 5, CHI_SQUARE",
    "1000, 3, CHI_SQUARE",
    "1000, 2, Z",
    "1000, 1, Z",
    "1001, 6, WASSERSTEIN",
    "1001, 5, JENSEN_SHANNON",
    "1001, 2, JENSEN_SHANNON"
  })
  void theTestOfNumbersGoesByTheReferencesSizeAndTheDistinctValues(
      int size, int distinct, EvidentlyTest test) {
    double[] values = IntStream.range(0, size).mapToDouble(i -> i % distinct).toArray();

    assertThat(EvidentlyProfile.numbers(values, new double[] {0}).test()).isEqualTo(test);
  }

  @ParameterizedTest
  @CsvSource({"1000, 3, CHI_SQUARE", "1000, 2, Z", "1000, 1, Z", "1001, 2, JENSEN_SHANNON"})
  void theTestOfCategoriesGoesByTheSameRule(int size, int distinct, EvidentlyTest test) {
    List<String> values = IntStream.range(0, size).mapToObj(i -> "v" + i % distinct).toList();

    assertThat(EvidentlyProfile.categories(values, List.of("v0")).test()).isEqualTo(test);
  }

  @Test
  void valuesOfTheCurrentSampleCountAsDistinct() {
    double[] reference = {1, 2, 3, 4};

    assertThat(EvidentlyProfile.numbers(reference, new double[] {1, 5, 6}).test())
        .isEqualTo(EvidentlyTest.KOLMOGOROV_SMIRNOV);
  }

  @Test
  void whatIsNotFiniteIsDropped() {
    double[] reference = {1, 2, 3, 4, 5, 6, Double.NaN};
    double[] current = {2, 3, Double.POSITIVE_INFINITY, 4, Double.NEGATIVE_INFINITY, 9};

    assertThat(EvidentlyProfile.numbers(reference, current))
        .isEqualTo(
            EvidentlyProfile.numbers(new double[] {1, 2, 3, 4, 5, 6}, new double[] {2, 3, 4, 9}));
  }

  @Test
  void nothingLeftIsAnError() {
    assertThatThrownBy(() -> EvidentlyProfile.numbers(new double[] {1}, new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The current sample has no finite number, expected at least one");
    assertThatThrownBy(() -> EvidentlyProfile.categories(List.of(), List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The reference sample is empty, expected at least one value");
  }

  @Test
  void zeroHasOneSign() {
    double[] reference = {0.0, -0.0, 0.0};

    assertThat(EvidentlyProfile.numbers(reference, new double[] {-0.0}))
        .isEqualTo(new EvidentlyScore(EvidentlyTest.Z, 1, 0.05, false));
  }

  @Test
  void aNewCategoryIsDriftForTheTestAndCountsForTheDistance() {
    Map<String, Long> reference = Map.of("a", 50L, "b", 30L, "c", 20L);
    Map<String, Long> current = Map.of("a", 30L, "b", 40L, "d", 1L);

    EvidentlyScore score = EvidentlyProfile.categories(reference, current);

    assertThat(score.test()).isEqualTo(EvidentlyTest.CHI_SQUARE);
    assertThat(score.pValue()).hasValue(0);
    assertThat(score.drift()).isTrue();
    assertThat(
            EvidentlyProfile.categories(EvidentlyTest.JENSEN_SHANNON, reference, current).pValue())
        .isEmpty();
  }

  @Test
  void driftIsAtTheThresholdForDistancesAndKolmogorovSmirnovAndBelowItForTheOthers() {
    assertThat(EvidentlyTest.PSI.isDrift(0.1, 0.1)).isTrue();
    assertThat(EvidentlyTest.WASSERSTEIN.isDrift(0.0999, 0.1)).isFalse();
    assertThat(EvidentlyTest.KOLMOGOROV_SMIRNOV.isDrift(0.05, 0.05)).isTrue();
    assertThat(EvidentlyTest.CHI_SQUARE.isDrift(0.05, 0.05)).isFalse();
    assertThat(EvidentlyTest.Z.isDrift(0.0499, 0.05)).isTrue();
    assertThat(EvidentlyTest.JENSEN_SHANNON.isDrift(Double.NaN, 0.1)).isFalse();
  }

  @Test
  void aTestOfNumbersRefusesCategories() {
    assertThatThrownBy(
            () ->
                EvidentlyProfile.categories(
                    EvidentlyTest.WASSERSTEIN, List.of("a"), List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WASSERSTEIN is of numbers, found categories");
  }

  @Test
  void halfOfTheFeaturesAreADriftOfTheDataSet() {
    EvidentlyScore drifted = EvidentlyScore.of(EvidentlyTest.PSI, 0.3);
    EvidentlyScore stable = EvidentlyScore.of(EvidentlyTest.PSI, 0.01);

    assertThat(EvidentlyProfile.datasetDrift(List.of(drifted, stable))).isTrue();
    assertThat(EvidentlyProfile.datasetDrift(List.of(drifted, stable, stable))).isFalse();
    assertThat(EvidentlyProfile.datasetDrift(List.of())).isFalse();
  }
}
