package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.models.Model;
import io.millrace.models.ModelVersion;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on five intents of the sample with the real int8 encoder. */
class ClassifierTrainingIT {

  private static final ModelVersion VERSION = new ModelVersion("small", "1.0.0");

  private static Path repository;
  private static ModelPackage trained;

  @BeforeAll
  static void train(@TempDir Path temporary) throws Exception {
    repository = temporary;
    SampleModel.installSmall(repository, VERSION);
    trained = new LocalModelRepository(repository).open(VERSION);
  }

  @Test
  void measuresTheModelOnHeldOutRows() {
    // When
    Baseline baseline = Objects.requireNonNull(trained.manifest().baseline());

    // Then
    assertThat(baseline.rows()).isEqualTo(5 * 15);
    assertThat(baseline.accuracy()).isGreaterThan(0.9);
    assertThat(baseline.macroF1()).isCloseTo(baseline.accuracy(), within(0.05));
    assertThat(baseline.logLoss()).isLessThan(0.3);
  }

  @Test
  void saysWhereItComesFrom() {
    assertThat(trained.manifest().training())
        .satisfies(
            training -> {
              assertThat(training.encoder()).isEqualTo("all-minilm-l6-v2-q");
              assertThat(training.data()).isEqualTo("support-desk.csv");
              assertThat(training.rows()).isEqualTo(5 * 35);
            });
  }

  @Test
  void writesTheReferenceProfile() throws Exception {
    // When
    JsonNode profile = new ObjectMapper().readTree(trained.file("reference-profile.json").toFile());

    // Then
    JsonNode tokens = profile.at("/numbers/token_count");
    assertThat(tokens.get("n").asInt()).isEqualTo(5 * 35);
    assertThat(tokens.get("edges").size()).isEqualTo(tokens.get("counts").size() + 1);
    assertThat(profile.at("/numbers/character_count/n").asInt()).isEqualTo(5 * 35);
    assertThat(profile.at("/numbers/confidence/n").asInt()).isEqualTo(5 * 15);
    assertThat(profile.at("/categories/label/n").asInt()).isEqualTo(5 * 15);
    assertThat(profile.at("/categories/label/counts").size()).isEqualTo(5);
  }

  @Test
  void theSameDataGivesTheSamePackage(@TempDir Path other) throws Exception {
    // When
    ModelManifest again = SampleModel.installSmall(other, VERSION).manifest();

    // Then
    assertThat(again).isEqualTo(trained.manifest());
  }

  @Test
  void answersWithLabelConfidenceAndProbabilities() throws Exception {
    // When
    List<Tensor> outputs = classify(trained, "the app crashes all the time", "cancel my order pls");

    // Then
    assertThat(outputs)
        .extracting(Tensor::getName)
        .containsExactly("label", "confidence", "probabilities");
    assertThat(Tensors.strings(outputs.get(0))).containsExactly("app_crash", "cancel_order");
    assertThat(outputs.get(2).getShape()).containsExactly(2L, 5L);
    float[] confidence = Tensors.floats(outputs.get(1));
    float[] probabilities = Tensors.floats(outputs.get(2));
    for (int row = 0; row < 2; row++) {
      double sum = 0;
      float max = 0;
      for (int i = row * 5; i < row * 5 + 5; i++) {
        sum += probabilities[i];
        max = Math.max(max, probabilities[i]);
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      assertThat(confidence[row]).isEqualTo(max);
    }
  }

  @Test
  void packsTheEncoderAlone() throws Exception {
    // Given
    ModelVersion version = new ModelVersion("all-minilm-l6-v2-q", "1.0.0");
    EncoderPackage.write(repository, version, Encoder.ALL_MINILM_L6_V2_Q, IfPresent.REFUSE);

    // When
    List<Tensor> outputs =
        classify(new LocalModelRepository(repository).open(version), "one", "two", "three");

    // Then
    assertThat(outputs).singleElement().satisfies(tensor -> assertUnitVectors(tensor, 3));
  }

  private static void assertUnitVectors(Tensor tensor, int rows) throws Exception {
    assertThat(tensor.getName()).isEqualTo("embedding");
    assertThat(tensor.getShape()).containsExactly((long) rows, 384L);
    float[] values = Tensors.floats(tensor);
    double squares =
        IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
    assertThat(squares).isCloseTo(rows, within(1e-4));
  }

  private static List<Tensor> classify(ModelPackage modelPackage, String... texts)
      throws Exception {
    try (Model<?> model = new OnnxRuntimeEngine().load(modelPackage)) {
      return predict(model, List.of(texts));
    }
  }

  private static <I extends PreparedItem> List<Tensor> predict(Model<I> model, List<String> texts)
      throws Exception {
    I item = model.prepare(List.of(Tensors.ofStrings("text", texts)));
    return model.predict(List.of(item), new StopSignal()).get(0);
  }
}
