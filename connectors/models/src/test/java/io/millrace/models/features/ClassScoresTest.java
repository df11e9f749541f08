package io.millrace.models.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.Features;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassScoresTest {

  private static final List<String> LABELS = List.of("a", "b", "c", "d");

  private static final float[] BATCH = {
    0.1f, 0.7f, 0.1f, 0.1f, 0.25f, 0.25f, 0.25f, 0.25f, 0, 0, 0, 1
  };

  @Test
  void readsTheRowsOwnProbabilities() {
    // When
    ClassScores first = new ClassScores(BATCH, 0, LABELS);
    ClassScores last = new ClassScores(BATCH, 8, LABELS);

    // Then
    assertThat(first.label()).isEqualTo("b");
    assertThat(first.confidence()).isEqualTo(0.7f);
    assertThat(last.label()).isEqualTo("d");
    assertThat(last.confidence()).isEqualTo(1);
  }

  @Test
  void theFirstOfEquallyLikelyClassesIsTheAnswer() {
    assertThat(new ClassScores(BATCH, 4, LABELS).label()).isEqualTo("a");
  }

  @Test
  void entropyIsInNats() {
    assertThat(new ClassScores(BATCH, 0, LABELS).entropy())
        .isCloseTo(-0.7 * Math.log(0.7) - 0.3 * Math.log(0.1), within(1e-6));
    assertThat(new ClassScores(BATCH, 4, LABELS).entropy()).isCloseTo(Math.log(4), within(1e-12));
    assertThat(new ClassScores(BATCH, 8, LABELS).entropy()).isZero();
  }

  @Test
  void addsWhatIsWanted() {
    // Given
    RowFeatures row = new RowFeatures(Set.of("label", "output_norm"));

    // When
    new ClassScores(BATCH, 4, LABELS).addTo(row);
    Features features = row.build();

    // Then
    assertThat(features.categories()).isEqualTo(Map.of("label", "a"));
    assertThat(features.numbers()).containsOnlyKeys("output_norm");
    assertThat(features.numbers().get("output_norm")).isEqualTo(0.5);
  }

  @Test
  void aNumberThatIsNotFiniteIsOneThatTheRowHasNot() {
    // Given
    RowFeatures row = new RowFeatures(Set.of("output_norm"));
    float[] broken = {Float.POSITIVE_INFINITY, 0, 0, 0};

    // When
    new ClassScores(broken, 0, LABELS).addTo(row);

    // Then
    assertThat(row.build().numbers().get("output_norm")).isNaN();
  }
}
