package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.Answer;
import io.millrace.models.Features;
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
import io.millrace.registry.profile.ProfileFile;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import io.millrace.statistics.profile.CategoricalReference;
import io.millrace.statistics.profile.ConfidenceCalibration;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.profile.VectorReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on five intents of the sample with the real int8 encoder. */
class ClassifierTrainingIT {

  private static final ModelVersion VERSION = new ModelVersion("small", "1.0.0");
  private static final int HELD_OUT_ROWS = 5 * 15;

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
  void writesTheReferenceProfileOfTheFeaturesThatItDeclares() throws Exception {
    // When
    ReferenceProfile profile = ProfileFile.read(trained.file(ProfileFile.NAME));

    // Then texts and vectors are of the training rows, answers of the held-out ones
    assertThat(trained.manifest().features())
        .containsExactlyInAnyOrder(
            "token_count",
            "character_count",
            "unknown_share",
            "digit_share",
            "punctuation_share",
            "label",
            "confidence",
            "entropy",
            "output_norm",
            "embedding");
    profile
        .numbers()
        .forEach(
            (feature, number) -> {
              assertThat(number.n()).as(feature).isEqualTo(HELD_OUT_ROWS);
              assertThat(number.thresholds()).as(feature).isNotEmpty();
            });
    assertThat(profile.numbers()).hasSize(8);
    assertThat(profile.categories()).containsOnlyKeys("label");
    CategoricalReference label = Objects.requireNonNull(profile.categories().get("label"));
    assertThat(label.counts()).hasSize(5);
    assertThat(label.n()).isEqualTo(HELD_OUT_ROWS);
    VectorReference embedding = Objects.requireNonNull(profile.vectors().get("embedding"));
    assertThat(embedding.n()).isEqualTo(HELD_OUT_ROWS);
    assertThat(embedding.mean()).hasSize(384);
  }

  @Test
  void calibratesTheConfidencesOnHeldOutRows() throws Exception {
    // When
    ReferenceProfile profile = ProfileFile.read(trained.file(ProfileFile.NAME));

    // Then
    ConfidenceCalibration calibration = Objects.requireNonNull(profile.calibration());
    assertThat(profile.baselineAccuracy())
        .isEqualTo(Objects.requireNonNull(trained.manifest().baseline()).accuracy());
    assertThat(calibration.calibrated(0.99)).isGreaterThan(0.95);
    assertThat(calibration.calibrated(0.3)).isLessThan(calibration.calibrated(0.99));
  }

  @Test
  void aServedAnswerHasTheFeaturesOfTheProfile() throws Exception {
    // When
    Answer answer = answer(trained, "the app crashes all the time!", "cancel my order pls");
    List<Tensor> outputs = answer.outputs();

    // Then
    assertThat(answer.features()).hasSize(2);
    for (int row = 0; row < 2; row++) {
      Features features = answer.features().get(row);
      float[] probabilities =
          Arrays.copyOfRange(Tensors.floats(outputs.get(2)), 5 * row, 5 * row + 5);
      assertThat(features.numbers().keySet())
          .isEqualTo(ProfileFile.read(trained.file(ProfileFile.NAME)).numbers().keySet());
      assertThat(features.categories())
          .containsExactly(Map.entry("label", Tensors.strings(outputs.get(0)).get(row)));
      assertThat(features.numbers().get("confidence"))
          .isEqualTo(Tensors.floats(outputs.get(1))[row]);
      assertThat(features.numbers().get("entropy")).isCloseTo(entropy(probabilities), within(1e-9));
      assertThat(Objects.requireNonNull(features.vectors().get("embedding"))).hasSize(384);
    }
    assertThat(answer.features().get(0).numbers()).containsEntry("character_count", 29.0);
    assertThat(answer.features().get(0).numbers()).containsEntry("punctuation_share", 1.0 / 29);
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

  private static double entropy(float[] probabilities) {
    return -IntStream.range(0, probabilities.length)
        .mapToDouble(i -> probabilities[i] * Math.log(probabilities[i]))
        .sum();
  }

  private static List<Tensor> classify(ModelPackage modelPackage, String... texts)
      throws Exception {
    return answer(modelPackage, texts).outputs();
  }

  private static Answer answer(ModelPackage modelPackage, String... texts) throws Exception {
    try (Model<?> model = new OnnxRuntimeEngine().load(modelPackage)) {
      return answer(model, List.of(texts));
    }
  }

  private static <I extends PreparedItem> Answer answer(Model<I> model, List<String> texts)
      throws Exception {
    I item = model.prepare(List.of(Tensors.ofStrings("text", texts)));
    return model.answer(List.of(item), new StopSignal()).get(0);
  }
}
