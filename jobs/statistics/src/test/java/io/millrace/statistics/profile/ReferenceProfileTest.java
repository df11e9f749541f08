package io.millrace.statistics.profile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.statistics.distance.NannyMlNumbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceProfileTest {

  @Test
  void countsNumbersCategoriesAndVectorsAndLeavesOutWhatIsMissing() {
    // When
    ReferenceProfile profile =
        ReferenceProfile.of(
            Map.of("length", new double[] {1, 2, Double.NaN, 2, 4}),
            Map.of("label", List.of("b", "a", "b")),
            Map.of(
                "embedding",
                List.of(new float[] {1, 2}, new float[] {3, 2}, new float[] {Float.NaN, 2})));

    // Then
    NumericReference number = requireNonNull(profile.numbers().get("length"));
    assertThat(number.n()).isEqualTo(4);
    assertThat(number.moments()).isEqualTo(Moments.of(new double[] {1, 2, 2, 4}));
    assertThat(requireNonNull(number.sample()).weights()).containsExactly(1, 2, 1);
    assertThat(requireNonNull(profile.categories().get("label")).counts())
        .isEqualTo(Map.of("a", 1L, "b", 2L));
    VectorReference vector = requireNonNull(profile.vectors().get("embedding"));
    assertThat(vector.n()).isEqualTo(2);
    assertThat(vector.mean()).containsExactly(2.0, 2.0);
    assertThat(vector.variance()).containsExactly(1.0, 0.0);
  }

  @Test
  void thresholdsOfAConstantAreTheSmallestEffect() {
    // Given
    double[] constant = new double[700];
    Arrays.fill(constant, 3);

    // Then
    assertThat(NumericReference.of(constant).thresholds())
        .containsEntry(DriftMethods.JENSEN_SHANNON, ScoreThreshold.SMALLEST_EFFECT);
    assertThat(CategoricalReference.of(List.of("a", "a")).thresholds())
        .containsEntry(DriftMethods.JENSEN_SHANNON, ScoreThreshold.SMALLEST_EFFECT);
  }

  @Test
  void aChunkOfTheReferenceIsAsFarAsChunksAreWhateverTheReferencesSize() {
    // Given
    double[] small = normal(450, 1);
    double[] large = normal(20_000, 2);

    // When
    double ofSmall = threshold(small);
    double ofLarge = threshold(large);

    // Then chunks of 500 and of 2,000 rows
    assertThat(ofSmall).isBetween(0.07, 0.14);
    assertThat(ofLarge).isBetween(0.05, 0.08);
    assertThat(new NannyMlNumbers(large).jensenShannon(normal(2_000, 3))).isLessThan(ofLarge);
  }

  @Test
  void manyValuesAreKeptAsQuantiles() {
    // Given
    double[] values = normal(50_000, 4);

    // When
    WeightedSample sample = requireNonNull(WeightedSample.of(values));

    // Then
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(sample.size()).isEqualTo(WeightedSample.LARGEST);
    for (double share : new double[] {0.01, 0.25, 0.5, 0.99}) {
      assertThat(sample.atMost(sorted[(int) (share * sorted.length)]))
          .isCloseTo(share, within(0.5 / WeightedSample.LARGEST + 1e-4));
    }
  }

  @Test
  void theSameSamplesGiveTheSameProfile() {
    double[] values = normal(3_000, 5);
    assertThat(NumericReference.of(values).thresholds())
        .isEqualTo(NumericReference.of(values).thresholds());
  }

  private static double threshold(double[] values) {
    return requireNonNull(
        NumericReference.of(values).thresholds().get(DriftMethods.JENSEN_SHANNON));
  }

  private static double[] normal(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
  }
}
