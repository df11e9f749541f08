package io.millrace.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReferenceProfileTest {

  @Test
  void countsNumbersAndCategories() {
    // When
    ReferenceProfile profile =
        ReferenceProfile.of(
            Map.of("length", new double[] {1, 2, 2, 4}), Map.of("label", List.of("b", "a", "b")));

    // Then
    assertThat(profile.numbers().get("length"))
        .satisfies(histogram -> assertThat(histogram.n()).isEqualTo(4));
    assertThat(profile.categories())
        .containsEntry("label", new TreeMap<>(Map.of("a", 1L, "b", 2L)));
  }
}
