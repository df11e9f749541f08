package io.millrace.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelRepositoryTest {

  private static final ModelVersion VERSION = new ModelVersion("encoder", "1.0.0");

  private Path root;
  private LocalModelRepository repository;
  private Path directory;

  @BeforeEach
  void writePackage(@TempDir Path temporary) throws IOException {
    root = temporary;
    repository = new LocalModelRepository(root);
    directory = write(VERSION, IfPresent.REFUSE, "weights").directory();
  }

  @Test
  void opensWhatWasWritten() throws Exception {
    // When
    ModelPackage opened = repository.open(VERSION);

    // Then
    assertThat(opened.file("encoder.onnx")).hasContent("weights");
    assertThat(opened.manifest().files()).containsOnlyKeys("encoder.onnx", "extra/notes.txt");
    assertThat(opened.manifest().batching().lengthBuckets()).containsExactly(16, 64, 256);
  }

  @Test
  void writesReadableSortedYamlThatIsTheSameEachTime() throws Exception {
    // Given
    String yaml = Files.readString(directory.resolve("model.yaml"));

    // When
    Path again =
        write(new ModelVersion("encoder", "1.0.1"), IfPresent.REFUSE, "weights").directory();

    // Then
    assertThat(yaml)
        .startsWith("name: encoder\nversion: 1.0.0\ntask: text-embedding\nengine: OnnxRuntime\n")
        .contains("text:\n  max_length: 256\n")
        .containsSubsequence("files:", "encoder.onnx:", "extra/notes.txt:")
        .doesNotContain("baseline");
    assertThat(Files.readString(again.resolve("model.yaml")).replace("1.0.1", "1.0.0"))
        .isEqualTo(yaml);
  }

  @Test
  void listsByModelThenBySemanticVersion() throws Exception {
    // Given
    write(new ModelVersion("encoder", "1.10.0"), IfPresent.REFUSE, "weights");
    write(new ModelVersion("encoder", "1.9.0"), IfPresent.REFUSE, "weights");
    write(new ModelVersion("another", "2.0.0"), IfPresent.REFUSE, "weights");
    Files.createDirectories(root.resolve("encoder/not-a-version"));
    Files.createDirectories(root.resolve("encoder/3.0.0"));

    // When
    var versions = repository.list();

    // Then
    assertThat(versions)
        .extracting(ModelVersion::toString)
        .containsExactly("another/2.0.0", "encoder/1.0.0", "encoder/1.9.0", "encoder/1.10.0");
  }

  @Test
  void isEmptyWithoutDirectory() {
    assertThat(new LocalModelRepository(root.resolve("nowhere")).list()).isEmpty();
  }

  @Test
  void refusesAMissingPackage() {
    assertThatThrownBy(() -> repository.open(new ModelVersion("encoder", "9.9.9")))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("encoder/9.9.9: no package");
  }

  @Test
  void refusesAChangedByteAndNamesTheFile() throws Exception {
    // Given
    Files.writeString(directory.resolve("encoder.onnx"), "weightz");

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("file encoder.onnx was changed");
  }

  @Test
  void refusesAMissingFileAndNamesIt() throws Exception {
    // Given
    Files.delete(directory.resolve("extra/notes.txt"));

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("file extra/notes.txt is missing");
  }

  @Test
  void refusesAnUnlistedFileAndNamesIt() throws Exception {
    // Given
    Files.writeString(directory.resolve("extra/.hidden"), "");

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("file extra/.hidden is not listed");
  }

  @Test
  void refusesALinkEvenToEqualBytes() throws Exception {
    // Given
    Path outside = Files.writeString(root.resolve("outside"), "weights");
    Files.delete(directory.resolve("encoder.onnx"));
    Files.createSymbolicLink(directory.resolve("encoder.onnx"), outside);

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("encoder.onnx is a link");
  }

  @Test
  void refusesAVersionDirectoryThatIsALink() throws Exception {
    // Given
    Path elsewhere = root.resolve("elsewhere");
    Files.move(directory, elsewhere);
    Files.createSymbolicLink(directory, elsewhere);

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("its directory is a link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/etc/passwd", "extra/../../outside", "model.yaml", "a\\b"})
  void refusesAListedPathOutsideThePackage(String path) throws Exception {
    // Given
    edit("extra/notes.txt:", "'" + path + "':");

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("a relative path inside the package");
  }

  @ParameterizedTest
  @CsvSource({
    "'device: cpu', 'device: tpu', 'key ''device'': expected cpu, gpu, gpu:N or auto'",
    "'device: cpu', 'device: cpu\ncolour: red', 'key ''colour'' is unknown'",
    "'device: cpu', 'device: cpu\ndevice: gpu', 'device'",
    "'device: cpu', '', 'key ''device'' is missing'",
    "'max_length: 256', 'max_length: many', 'key ''text.max_length'''",
    "'max_length: 256', '', 'key ''text.max_length'' is missing'",
    "'text:\n  max_length: 256', '', 'key ''text'': expected max_length, since the model takes texts'",
    "'task: text-embedding', 'task: tensor', 'key ''text'': expected none'",
    "'name: text', 'name: text\n  datatype: BYTES\n  shape: [-1]\n- name: text', 'key ''inputs'': expected tensors of different names'",
    "'- -1', '- -2', 'key ''inputs'': expected dimensions of 0 or more, or -1'",
    "'max_batch_size: 16', 'max_batch_size: 0', 'key ''batching.max_batch_size'': expected at least 1'",
    "'max_batch_tokens: 2048', 'max_batch_tokens: 100', 'key ''batching.max_batch_tokens'': expected at least text.max_length'",
    "'datatype: BYTES', 'datatype: TEXT', 'key ''inputs[0].datatype'''",
    "'- name: text', '- nome: text', 'key ''inputs[0].name'' is missing'",
    "'task: text-embedding', 'task: text-classification', 'key ''labels'': expected at least two'",
    "'version: 1.0.0', 'version: 1.0.1', 'expected the directory''s names'",
    "'version: 1.0.0', 'version: one', 'Not a model version'",
  })
  void refusesAnInvalidManifestAndNamesTheKey(String line, String replacement, String message)
      throws Exception {
    // Given
    edit(line, replacement);

    // Then
    assertThatThrownBy(() -> repository.open(VERSION))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("model.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void packagesAreImmutable() {
    assertThatThrownBy(() -> write(VERSION, IfPresent.REFUSE, "other"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("encoder/1.0.0 is there already");
    assertThat(directory.resolve("encoder.onnx")).hasContent("weights");
  }

  @Test
  void replacesAPackageWhenTold() throws Exception {
    // When
    write(VERSION, IfPresent.REPLACE, "other");

    // Then
    assertThat(repository.open(VERSION).file("encoder.onnx")).hasContent("other");
    assertThat(directory.getParent()).isDirectoryNotContaining(path -> !path.equals(directory));
  }

  @Test
  void anAbandonedDraftLeavesNothing() throws Exception {
    // Given
    ModelVersion next = new ModelVersion("encoder", "1.1.0");

    // When
    try (PackageDraft draft = new ModelPackageWriter(root).draft(next, IfPresent.REFUSE)) {
      Files.writeString(draft.file("encoder.onnx"), "half");
    }

    // Then
    assertThat(repository.list()).containsExactly(VERSION);
    assertThat(directory.getParent()).isDirectoryNotContaining(path -> !path.equals(directory));
  }

  private ModelPackage write(ModelVersion version, IfPresent ifPresent, String weights)
      throws IOException {
    try (PackageDraft draft = new ModelPackageWriter(root).draft(version, ifPresent)) {
      Files.createDirectories(draft.file("extra"));
      Files.writeString(draft.file("extra/notes.txt"), "notes");
      Files.writeString(draft.file("encoder.onnx"), weights);
      return draft.publish(Manifests.encoder(version.model(), version.version()));
    }
  }

  private void edit(String text, String replacement) throws IOException {
    Path manifest = directory.resolve("model.yaml");
    String yaml = Files.readString(manifest);
    assertThat(yaml).contains(text);
    Files.writeString(manifest, yaml.replace(text, replacement));
  }
}
