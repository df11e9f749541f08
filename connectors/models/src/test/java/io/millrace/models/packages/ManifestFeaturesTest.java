package io.millrace.models.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.avro.Datatype;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys {@code features} and {@code quantized_from}. */
class ManifestFeaturesTest {

  private static final ModelManifest ENCODER =
      Manifests.encoder("encoder", "1.0.0").withFiles(Map.of("encoder.onnx", "0".repeat(64)));

  @TempDir private Path directory;

  @Test
  void anEncoderHasTheFeaturesOfItsTextsAndItsVector() throws Exception {
    // When
    ModelManifest read = read(ENCODER);

    // Then
    assertThat(read.features()).isNull();
    assertThat(read.effectiveFeatures())
        .containsExactly(
            "token_count",
            "character_count",
            "unknown_share",
            "digit_share",
            "punctuation_share",
            "embedding");
  }

  @Test
  void aManifestWithoutTheKeysIsWrittenWithoutThem() throws Exception {
    // When
    String yaml = write(ENCODER);

    // Then
    assertThat(yaml).doesNotContain("features", "quantized_from", "null");
    assertThat(write(ManifestFormat.read(directory.resolve("model.yaml")))).isEqualTo(yaml);
  }

  @Test
  void whatIsDeclaredCountsAndIsWrittenAsItWasRead() throws Exception {
    // Given
    ModelManifest declared =
        ENCODER.withFeatures(List.of("output_norm", "token_count")).withQuantizedFrom("0.9.0");

    // When
    String yaml = write(declared);
    ModelManifest read = ManifestFormat.read(directory.resolve("model.yaml"));

    // Then
    assertThat(yaml)
        .contains("features:\n- output_norm\n- token_count\n")
        .contains("quantized_from: 0.9.0\n");
    assertThat(read).isEqualTo(declared);
    assertThat(read.effectiveFeatures()).containsExactly("output_norm", "token_count");
    assertThat(write(read)).isEqualTo(yaml);
  }

  @Test
  void anEmptyListIsNoDefault() throws Exception {
    // When
    ModelManifest read = read(ENCODER.withFeatures(List.of()));

    // Then
    assertThat(read.effectiveFeatures()).isEmpty();
  }

  @Test
  void refusesUnknownNamesAndListsTheKnown() {
    assertThatThrownBy(() -> read(ENCODER.withFeatures(List.of("token_count", "confidence"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key 'features'")
        .hasMessageContaining("[token_count, character_count, ")
        .hasMessageContaining("output_norm]")
        .hasMessageContaining("but found 'confidence'");
  }

  @Test
  void refusesANameThatIsThereTwice() {
    assertThatThrownBy(() -> read(ENCODER.withFeatures(List.of("embedding", "embedding"))))
        .hasMessageContaining("'embedding' is there twice");
  }

  @Test
  void refusesAFeatureThatIsNoText() throws Exception {
    // Given
    String yaml = write(ENCODER.withFeatures(List.of("embedding")));

    // Then
    assertThatThrownBy(
            () -> ManifestFormat.read(yaml.replace("- embedding\n", "- 3\n").getBytes(UTF_8)))
        .hasMessageContaining("features");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "one", "1.0", "../1.0.1"})
  void refusesAnOriginThatIsNoOtherVersion(String from) {
    assertThatThrownBy(() -> read(ENCODER.withQuantizedFrom(from)))
        .hasMessageContaining("key 'quantized_from': expected another version");
  }

  @Test
  void theColumnsOfATensorModelComeFromItsSignature() {
    // Given
    ModelManifest tensor =
        tensor(
            input("age", Datatype.FP32, -1L),
            input("income", Datatype.FP64, -1L, 1L),
            input("pixels", Datatype.UINT8, -1L, 2L, 2L),
            input("tags", Datatype.BYTES, -1L, 3L),
            input("series", Datatype.FP32, -1L, -1L));

    // Then
    assertThat(tensor.effectiveFeatures())
        .containsExactly(
            "age", "income", "pixels[0]", "pixels[1]", "pixels[2]", "pixels[3]", "output_norm");
    assertThat(InputColumn.of(tensor, "pixels[3]")).hasValue(new InputColumn("pixels[3]", 2, 3, 4));
  }

  @Test
  void theDefaultIsTheFirst50Columns() {
    // When
    List<String> features = tensor(input("x", Datatype.FP32, -1L, 384L)).effectiveFeatures();

    // Then
    assertThat(features).hasSize(51).startsWith("x[0]").endsWith("x[49]", "output_norm");
  }

  @Test
  void anyColumnCanBeDeclaredButNotMoreThan50() throws Exception {
    // Given
    ModelManifest tensor = tensor(input("x", Datatype.FP32, -1L, 384L));
    List<String> many = IntStream.range(0, 51).mapToObj(i -> "x[" + i + "]").toList();

    // Then
    assertThat(read(tensor.withFeatures(List.of("x[383]"))).effectiveFeatures())
        .containsExactly("x[383]");
    assertThatThrownBy(() -> read(tensor.withFeatures(many)))
        .hasMessageContaining("at most 50 columns of inputs, but there are 51");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x[384]", "x[-1]", "x[01]", "x[]", "y[0]", "token_count"})
  void refusesAColumnThatTheSignatureDoesNotHave(String name) {
    // Given
    ModelManifest tensor = tensor(input("x", Datatype.FP32, -1L, 384L));

    // Then
    assertThatThrownBy(() -> read(tensor.withFeatures(List.of(name))))
        .hasMessageContaining(
            "expected some of [output_norm, x[0] to x[383]], but found '" + name + "'");
  }

  @Test
  void whereTheFirstDimensionIsFixedAllNumbersAreOneRow() {
    // Given
    ModelManifest tensor = tensor(input("x", Datatype.FP32, 2L, 2L));

    // Then
    assertThat(tensor.effectiveFeatures())
        .containsExactly("x[0]", "x[1]", "x[2]", "x[3]", "output_norm");
  }

  private ModelManifest read(ModelManifest manifest) throws Exception {
    write(manifest);
    return ManifestFormat.read(directory.resolve("model.yaml"));
  }

  private String write(ModelManifest manifest) throws Exception {
    Path file = directory.resolve("model.yaml");
    ManifestFormat.write(manifest, file);
    return Files.readString(file);
  }

  private static TensorSpec input(String name, Datatype datatype, Long... shape) {
    return new TensorSpec(name, datatype, List.of(shape));
  }

  private static ModelManifest tensor(TensorSpec... inputs) {
    return new ModelManifest(
        "tensor",
        "1.0.0",
        Task.TENSOR,
        "OnnxRuntime",
        "cpu",
        List.of(inputs),
        List.of(new TensorSpec("y", Datatype.FP32, List.of(-1L, 1L))),
        null,
        new BatchingHints(8, 8, List.of(1)),
        List.of(),
        Map.of("model.onnx", "0".repeat(64)),
        null,
        null);
  }
}
