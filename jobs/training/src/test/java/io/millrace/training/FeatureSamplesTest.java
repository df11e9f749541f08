package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.statistics.profile.ReferenceProfile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureSamplesTest {

  @Test
  void theProfileIsOfTheDeclaredFeaturesOfAllRows() {
    // Given
    List<Answer> answered = IntStream.range(0, 40).mapToObj(FeatureSamplesTest::answer).toList();

    // When
    ReferenceProfile profile =
        FeatureSamples.profile(
            List.of("token_count", "digit_share", "embedding", "label", "confidence"), answered);

    // Then an empty text has no share of digits
    assertThat(profile.numbers()).containsOnlyKeys("token_count", "digit_share", "confidence");
    assertThat(Objects.requireNonNull(profile.numbers().get("token_count")).n()).isEqualTo(40);
    assertThat(Objects.requireNonNull(profile.numbers().get("digit_share")).n()).isEqualTo(20);
    assertThat(Objects.requireNonNull(profile.numbers().get("confidence")).n()).isEqualTo(40);
    assertThat(Objects.requireNonNull(profile.categories().get("label")).counts())
        .isEqualTo(Map.of("a", 20L, "b", 20L));
    assertThat(Objects.requireNonNull(profile.vectors().get("embedding")).n()).isEqualTo(40);
  }

  @Test
  void whatIsNotDeclaredIsNotInTheProfile() {
    // When
    ReferenceProfile profile = FeatureSamples.profile(List.of("label"), List.of(answer(1)));

    // Then
    assertThat(profile.numbers()).isEmpty();
    assertThat(profile.vectors()).isEmpty();
    assertThat(profile.categories()).containsOnlyKeys("label");
  }

  private static Answer answer(int row) {
    return answer(
        Map.of(
            "token_count",
            (double) row,
            "digit_share",
            row % 2 == 0 ? Double.NaN : 0.5,
            "confidence",
            row / 40.0),
        Map.of("label", row % 2 == 0 ? "a" : "b"),
        Map.of("embedding", new float[] {row, 1}));
  }

  private static Answer answer(
      Map<String, Double> numbers, Map<String, String> categories, Map<String, float[]> vectors) {
    return new Answer(List.of(), List.of(new Features(numbers, categories, vectors)));
  }
}
