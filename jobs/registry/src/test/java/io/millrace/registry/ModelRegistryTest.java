package io.millrace.registry;

import static io.millrace.registry.TestPackages.FIRST;
import static io.millrace.registry.TestPackages.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRegistryTest {

  /** Where a registry can be. */
  enum Place {
    DIRECTORY,
    FILE_URI,
    MEMORY
  }

  private final String authority = UUID.randomUUID().toString();
  private final MemoryFileSystem.Store store = MemoryFileSystem.store(authority);

  @TempDir private Path directory;
  private Path local;
  private ModelPackage first;

  @BeforeEach
  void writePackage() throws IOException {
    local = directory.resolve("local");
    first = TestPackages.write(local, FIRST, "weights");
  }

  private String location(Place place) {
    Path remote = directory.resolve("remote");
    return switch (place) {
      case DIRECTORY -> remote.toString();
      case FILE_URI -> remote.toUri().toString();
      case MEMORY -> "memory://" + authority + "/registry";
    };
  }

  private ModelRegistry memory() throws IOException {
    return ModelRegistry.open(location(Place.MEMORY));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPushedIsListedVerifiedAndPulled(Place place) throws Exception {
    // Given
    ModelRegistry registry = ModelRegistry.open(location(place));
    assertThat(registry.list()).isEmpty();

    // When
    registry.push(first, TransferProgress.NONE);
    Path elsewhere = directory.resolve("elsewhere");
    ModelPackage pulled = registry.pull(FIRST, elsewhere, TransferProgress.NONE);

    // Then
    assertThat(registry.list()).containsExactly(FIRST);
    assertThat(registry.verify(FIRST, TransferProgress.NONE).bytes()).isEqualTo(12);
    assertThat(pulled.manifest()).isEqualTo(first.manifest());
    assertThat(new LocalModelRepository(elsewhere).open(FIRST)).isEqualTo(pulled);
    assertThat(pulled.file("model.yaml")).hasSameBinaryContentAs(first.file("model.yaml"));
    assertThat(elsewhere.resolve("desk")).isDirectoryNotContaining("glob:**/.*");
  }

  @ParameterizedTest
  @EnumSource
  void aVersionNeverChanges(Place place) throws Exception {
    // Given
    ModelRegistry registry = ModelRegistry.open(location(place));
    registry.push(first, TransferProgress.NONE);
    ModelPackage other = TestPackages.write(directory.resolve("other"), FIRST, "other");

    // Then
    assertThatThrownBy(() -> registry.push(other, TransferProgress.NONE))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("desk/1.0.0 is in")
        .hasMessageContaining("immutable");
    assertThat(registry.summary(FIRST).manifest()).isEqualTo(first.manifest());
    assertThatThrownBy(() -> registry.pull(FIRST, local, TransferProgress.NONE))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("already");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aPushThatDiesLeavesNothingVisibleAndTheNextOneSucceeds(int writes) throws Exception {
    // Given
    store.writesLeft.set(writes);

    // When
    assertThatThrownBy(() -> memory().push(first, TransferProgress.NONE))
        .hasMessageContaining("the line is dead");

    // Then
    assertThat(memory().list()).isEmpty();
    assertThatThrownBy(() -> memory().pull(FIRST, directory, TransferProgress.NONE))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("desk/1.0.0: no package");

    // When a leftover is there that the next push does not have
    store.writesLeft.set(Integer.MAX_VALUE);
    store.objects.put("/registry/desk/1.0.0/left-over.bin", new byte[1]);
    memory().push(first, TransferProgress.NONE);

    // Then
    assertThat(memory().verify(FIRST, TransferProgress.NONE).files())
        .extracting(PackageFile::name)
        .containsExactly("encoder.onnx", "extra/notes.txt");
  }

  @Test
  void aDamagedPackageIsNotPushed() throws Exception {
    // Given
    Files.writeString(first.file("encoder.onnx"), "weightz");

    // Then
    assertThatThrownBy(() -> memory().push(first, TransferProgress.NONE))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("file encoder.onnx was changed");
    assertThat(store.objects).isEmpty();
  }

  @Test
  void damageInTheRegistryIsFoundAndNeverPulled() throws Exception {
    // Given
    memory().push(first, TransferProgress.NONE);
    store.objects.put(
        "/registry/desk/1.0.0/encoder.onnx", "weightz".getBytes(StandardCharsets.UTF_8));
    Path elsewhere = directory.resolve("elsewhere");

    // Then
    assertThatThrownBy(() -> memory().verify(FIRST, TransferProgress.NONE))
        .hasMessageContaining("file encoder.onnx was changed");
    assertThatThrownBy(() -> memory().pull(FIRST, elsewhere, TransferProgress.NONE))
        .hasMessageContaining("file encoder.onnx was changed");
    assertThat(elsewhere.resolve("desk")).isEmptyDirectory();
  }

  @Test
  void aMissingAndAnUnlistedFileAreNamed() throws Exception {
    // Given
    memory().push(first, TransferProgress.NONE);
    byte[] notes = store.objects.remove("/registry/desk/1.0.0/extra/notes.txt");

    // Then
    assertThatThrownBy(() -> memory().verify(FIRST, TransferProgress.NONE))
        .hasMessageContaining("file extra/notes.txt is missing");

    // When
    store.objects.put("/registry/desk/1.0.0/extra/notes.txt", notes);
    store.objects.put("/registry/desk/1.0.0/.odd", notes);

    // Then
    assertThatThrownBy(() -> memory().verify(FIRST, TransferProgress.NONE))
        .hasMessageContaining("file .odd is not listed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../outside", "/etc/passwd", "extra/../../outside"})
  void aManifestCannotWriteOutsideOfItsPackage(String name) throws Exception {
    // Given
    memory().push(first, TransferProgress.NONE);
    String yaml = Files.readString(first.file("model.yaml"));
    store.objects.put(
        "/registry/desk/1.0.0/model.yaml",
        yaml.replace("extra/notes.txt:", "'" + name + "':").getBytes(StandardCharsets.UTF_8));

    // Then
    assertThatThrownBy(
            () -> memory().pull(FIRST, directory.resolve("elsewhere"), TransferProgress.NONE))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("a relative path inside the package");
  }

  @Test
  void aManifestOfAnotherVersionIsRefused() throws Exception {
    // Given
    memory().push(first, TransferProgress.NONE);
    String yaml = Files.readString(first.file("model.yaml")).replace("1.0.0", "2.0.0");
    store.objects.put("/registry/desk/1.0.0/model.yaml", yaml.getBytes(StandardCharsets.UTF_8));

    // Then
    assertThatThrownBy(() -> memory().summary(FIRST))
        .hasMessageContaining("expected the directory's names");
  }

  @Test
  void listsBySemanticVersionAndPassesOverWhatIsNone() throws Exception {
    // Given
    memory().push(first, TransferProgress.NONE);
    memory()
        .push(
            TestPackages.write(local, new ModelVersion("desk", "1.10.0"), "w"),
            TransferProgress.NONE);
    memory()
        .push(
            TestPackages.write(local, new ModelVersion("desk", "1.9.0"), "w"),
            TransferProgress.NONE);
    store.objects.put("/registry/desk/notes/model.yaml", new byte[0]);
    store.objects.put("/registry/READ ME/1.0.0/model.yaml", new byte[0]);

    // Then
    assertThat(memory().list())
        .extracting(ModelVersion::version)
        .containsExactly("1.0.0", "1.9.0", "1.10.0");
  }

  @Test
  void progressEndsWithAllBytesWrittenAndReadBack() throws Exception {
    // Given
    List<Long> done = new ArrayList<>();

    // When
    memory().push(first, (file, moved, total) -> done.add(total - moved));

    // Then
    assertThat(done).isSortedAccordingTo((left, right) -> Long.compare(right, left)).endsWith(0L);
  }

  @Test
  void saysWhichSchemeHasNoFileSystem() {
    assertThatThrownBy(() -> ModelRegistry.open("nowhere://bucket/models"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aDiffSaysWhatIsAnother() throws Exception {
    // Given
    ModelRegistry registry = memory();
    registry.push(first, TransferProgress.NONE);
    registry.push(
        TestPackages.write(local, SECOND, "new weights", List.of("refund", "topup"), 0.95),
        TransferProgress.NONE);

    // When
    PackageDiff diff = PackageDiff.between(registry.summary(FIRST), registry.summary(SECOND));

    // Then
    assertThat(diff.fields())
        .containsExactly(new PackageDiff.FieldChange("version", "1.0.0", "1.1.0"));
    assertThat(diff.files())
        .singleElement()
        .extracting("name", "before.bytes", "after.bytes")
        .containsExactly("encoder.onnx", 7L, 11L);
    assertThat(diff.labelsAdded()).containsExactly("topup");
    assertThat(diff.labelsRemoved()).containsExactly("card");
    assertThat(diff.metrics())
        .filteredOn(metric -> metric.delta() != 0)
        .containsExactly(new PackageDiff.MetricChange("accuracy", 0.9, 0.95));
    assertThat(PackageDiff.between(registry.summary(FIRST), registry.summary(FIRST)).isEmpty())
        .isTrue();
  }
}
