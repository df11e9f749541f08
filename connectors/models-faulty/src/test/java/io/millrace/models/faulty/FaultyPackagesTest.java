package io.millrace.models.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyPackagesTest {

  private static final ModelVersion ORIGINAL = new ModelVersion("model", "1.0.0");
  private static final ModelVersion FAULTY = new ModelVersion("model", "1.1.0");
  private static final Faults FAULTS = Faults.of(EchoEngine.NAME).withHangEvery(5);

  @TempDir private Path repository;
  private final EchoEngine echo = new EchoEngine();
  private ModelPackage original;

  @BeforeEach
  void writeOriginal() throws Exception {
    ModelPackageWriter writer = new ModelPackageWriter(repository);
    try (PackageDraft draft = writer.draft(ORIGINAL, IfPresent.REFUSE)) {
      Files.writeString(draft.file("encoder.onnx"), "weights");
      Files.createDirectory(draft.file("more"));
      Files.writeString(draft.file("more/notes.txt"), "notes");
      original = draft.publish(Encoders.manifest(ORIGINAL, EchoEngine.NAME));
    }
  }

  @Test
  void theCopyIsAVerifiedPackageOfTheFaultyEngine() throws Exception {
    // When
    FaultyPackages.wrap(repository, ORIGINAL, FAULTY, FAULTS);

    // Then
    ModelPackage faulty = new LocalModelRepository(repository).open(FAULTY);
    assertThat(faulty.manifest().id()).isEqualTo(FAULTY);
    assertThat(faulty.manifest().engine()).isEqualTo("faulty");
    assertThat(faulty.manifest().batching()).isEqualTo(original.manifest().batching());
    assertThat(faulty.manifest().files()).containsAllEntriesOf(original.manifest().files());
    assertThat(faulty.manifest().files())
        .containsOnlyKeys("encoder.onnx", "more/notes.txt", "faults.yaml");
  }

  @Test
  void theOtherEngineSeesItsOwnNameAndTheFiles() throws Exception {
    // When
    ModelPackage faulty = FaultyPackages.wrap(repository, ORIGINAL, FAULTY, FAULTS);
    FaultyModel<?> model = (FaultyModel<?>) new FaultyEngine(List.of(echo)).load(faulty);
    model.close();

    // Then
    ModelManifest seen = echo.loaded.get(0).manifest();
    assertThat(seen.engine()).isEqualTo(EchoEngine.NAME);
    assertThat(seen.id()).isEqualTo(FAULTY);
    assertThat(echo.loaded.get(0).file("encoder.onnx")).hasContent("weights");
    assertThat(echo.model.closed).isTrue();
  }

  @Test
  void refusesAVersionThatIsThere() {
    assertThatThrownBy(() -> FaultyPackages.wrap(repository, ORIGINAL, ORIGINAL, FAULTS))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void saysWhichEngineThereIsNot() throws Exception {
    // Given
    ModelPackage faulty = FaultyPackages.wrap(repository, ORIGINAL, FAULTY, Faults.of("Other"));

    // Then
    assertThatThrownBy(() -> new FaultyEngine(List.of(echo)).load(faulty))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("model/1.1.0")
        .hasMessageContaining("'Other'");
  }

  @Test
  void saysThatTheFaultsAreMissing() {
    assertThatThrownBy(() -> new FaultyEngine(List.of(echo)).load(original))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("faults.yaml");
  }
}
