package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A good candidate and a bad one, trained on the whole sample with the real int8 encoder. */
class SampleModelIT {

  private static final ModelVersion SHUFFLED = new ModelVersion("support-desk", "1.2.0");

  @TempDir private Path repository;

  @Test
  void theQuantisedModelIsGoodAndTheShuffledOneAnswersByChance() throws Exception {
    // When
    Baseline quantised = baseline(SampleModel.installQuantised(repository, TrainingProgress.NONE));
    Baseline shuffled =
        baseline(SampleModel.installShuffled(repository, SHUFFLED, TrainingProgress.NONE));

    // Then: of 30 labels
    assertThat(quantised.accuracy()).isGreaterThan(0.85);
    assertThat(shuffled.accuracy()).isLessThan(0.2);
    assertThat(shuffled.rows()).isEqualTo(quantised.rows()).isEqualTo(450);
  }

  @Test
  void aVersionThatIsThereIsVerifiedAndNotTrainedAgain() throws Exception {
    // Given
    ModelPackage first = SampleModel.installQuantised(repository, TrainingProgress.NONE);
    Path manifest = first.file("model.yaml");
    var writtenAt = Files.getLastModifiedTime(manifest);

    // When
    ModelPackage second = SampleModel.installQuantised(repository, TrainingProgress.NONE);

    // Then
    assertThat(first.manifest().quantizedFrom()).isEqualTo("1.0.0");
    assertThat(second.manifest()).isEqualTo(first.manifest());
    assertThat(Files.getLastModifiedTime(manifest)).isEqualTo(writtenAt);
    Files.writeString(first.file("head.onnx"), "damaged");
    assertThatThrownBy(() -> SampleModel.installQuantised(repository, TrainingProgress.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("head.onnx");
  }

  private static Baseline baseline(ModelPackage trained) {
    return Objects.requireNonNull(trained.manifest().baseline());
  }
}
