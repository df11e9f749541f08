package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void aBoundIsInItsBucketAndWhatIsAboveAllInTheLast() {
    // Given
    Histogram histogram = new Histogram(1, 10, 100);

    // When
    for (long value : new long[] {-5, 1, 2, 10, 11, 100, 101, 5_000}) {
      histogram.record(value);
    }

    // Then
    assertThat(histogram.buckets()).isEqualTo(4);
    assertThat(histogram.countUpTo(0)).isEqualTo(2);
    assertThat(histogram.countUpTo(1)).isEqualTo(4);
    assertThat(histogram.countUpTo(2)).isEqualTo(6);
    assertThat(histogram.countUpTo(3)).isEqualTo(8);
    assertThat(histogram.bound(2)).isEqualTo(100);
    assertThat(histogram.bound(3)).isEqualTo(Long.MAX_VALUE);
    assertThat(histogram.count()).isEqualTo(8);
    assertThat(histogram.sum()).isEqualTo(5_220);
  }

  @Test
  void boundsAscend() {
    assertThatThrownBy(() -> new Histogram(1, 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 3, 3]");
  }
}
