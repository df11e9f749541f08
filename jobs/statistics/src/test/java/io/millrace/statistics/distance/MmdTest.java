package io.millrace.statistics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MmdTest {

  /** By hand: distances 1, 1, 3, 2, 4, 5 of 0, 1 and 3, 5; their median, the upper one, is 3. */
  @Test
  void theEstimateIsTheMeanOfPairsInsideLessTwiceThatBetween() {
    // Given
    float[][] x = {{0}, {1}};
    float[][] y = {{3}, {5}};
    double sigma = 3;

    // When
    Mmd mmd = Mmd.of(x, y, 20, new Random(1));

    // Then
    double inside = kernel(1, sigma) + kernel(2, sigma);
    double between =
        (kernel(3, sigma) + kernel(5, sigma) + kernel(2, sigma) + kernel(4, sigma)) / 4;
    assertThat(mmd.sigma()).isEqualTo(sigma);
    assertThat(mmd.squared()).isCloseTo(inside - 2 * between, within(1e-12));
    assertThat(Mmd.unbiased(x, y)).isEqualTo(mmd.squared());
  }

  @Test
  void movedVectorsAreFoundAndTheSameSeedGivesTheSameP() {
    // Given
    float[][] x = vectors(new Random(1), 60, 0);
    float[][] y = vectors(new Random(2), 50, 1);

    // When
    Mmd mmd = Mmd.of(x, y, 199, new Random(3));

    // Then
    assertThat(mmd.squared()).isPositive();
    assertThat(mmd.pValue()).isEqualTo(1.0 / 200);
    assertThat(Mmd.of(x, y, 199, new Random(3))).isEqualTo(mmd);
  }

  @Test
  void alikeSamplesAreSeldomRejected() {
    int rejected = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Mmd mmd = Mmd.of(vectors(random, 20, 0), vectors(random, 25, 0), 99, random);
      rejected += mmd.pValue() <= 0.05 ? 1 : 0;
    }

    // 99.9% of a binomial distribution of 100 at 0.05 is at most 12.
    assertThat(rejected).isLessThanOrEqualTo(12);
  }

  @Test
  void equalVectorsAreNoDifference() {
    float[][] same = {{1, 2}, {1, 2}, {1, 2}};

    assertThat(Mmd.of(same, same, 10, new Random(1))).isEqualTo(new Mmd(0, 1, 1));
  }

  @Test
  void whatHasNoPairsIsRefused() {
    float[][] one = {{1}};
    float[][] two = {{1}, {2}};

    assertThatThrownBy(() -> Mmd.unbiased(one, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected at least two vectors a sample, found 1 and 2");
    assertThatThrownBy(() -> Mmd.unbiased(two, new float[][] {{1, 2}, {3, 4}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected vectors of the same length, found 2 and 1");
  }

  private static double kernel(double distance, double sigma) {
    return Math.exp(-distance * distance / (2 * sigma * sigma));
  }

  private static float[][] vectors(Random random, int n, double mean) {
    float[][] vectors = new float[n][8];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (random.nextGaussian() + mean);
      }
    }
    return vectors;
  }
}
