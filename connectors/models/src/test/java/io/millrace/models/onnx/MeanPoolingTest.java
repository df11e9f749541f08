package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeanPoolingTest {

  private static final Offset<Float> ROUNDING = within(1e-6f);

  @Test
  void averagesRealTokensOnlyAndGivesUnitVectors() {
    // Given two rows of three tokens in two dimensions; the second has one real token
    float[] hidden = {1, 0, 3, 0, 2, 8, 0, 5, 100, 100, Float.NaN, 100};

    // When
    float[] pooled = MeanPooling.pool(hidden, new int[] {3, 1}, 3, 2);

    // Then
    assertThat(pooled[0]).isCloseTo(0.6f, ROUNDING);
    assertThat(pooled[1]).isCloseTo(0.8f, ROUNDING);
    assertThat(pooled[2]).isZero();
    assertThat(pooled[3]).isCloseTo(1, ROUNDING);
  }

  @Test
  void keepsNotANumberOfRealTokens() {
    // When
    float[] pooled = MeanPooling.pool(new float[] {Float.NaN, 1}, new int[] {1}, 1, 2);

    // Then
    assertThat(pooled[0]).isNaN();
  }
}
