package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.models.ModelLoadException;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.Manifests;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real fp32 encoder. */
class OnnxRuntimeEngineIT {

  private static final List<String> TEXTS =
      List.of(
          "hi",
          "my card still has not arrived and nobody answers the phone, what am I to do now?",
          "refund please",
          "Überweisung \uD83D\uDE00 \u0000 fehlgeschlagen");

  private static Path directory;
  private static ModelPackage modelPackage;
  private static TextModel model;

  @BeforeAll
  static void load(@TempDir Path temporary) throws Exception {
    directory = temporary;
    copy("/all-minilm-l6-v2.onnx", OnnxRuntimeEngine.ENCODER_FILE);
    copy("/all-minilm-l6-v2-tokenizer.json", OnnxRuntimeEngine.TOKENIZER_FILE);
    modelPackage = new ModelPackage(directory, Manifests.encoder("encoder", "1.0.0"));
    model = (TextModel) new OnnxRuntimeEngine().load(modelPackage);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(ModelEngine.class))
        .extracting(ModelEngine::name)
        .contains("OnnxRuntime");
  }

  @Test
  void countsTokensWithoutPaddingAndCutsLongTexts() throws Exception {
    // When
    TextItem twoTexts = prepare("hi", "refund please");
    TextItem longText = prepare("word ".repeat(1000));

    // Then [CLS] and [SEP] count
    assertThat(twoTexts.rows()).isEqualTo(2);
    assertThat(twoTexts.tokens()).isEqualTo(3 + 5);
    assertThat(twoTexts.length()).isEqualTo(5);
    assertThat(longText.length()).isEqualTo(256);
  }

  @Test
  void givesTheVectorsOfSentenceTransformers() throws Exception {
    // When
    float[] card = embed(prepare("How do I locate my card?")).get(0);
    float[] alike = embed(prepare("where is my card")).get(0);
    float[] other = embed(prepare("the weather is fine")).get(0);

    // Then
    assertThat(card).hasSize(384);
    assertThat(cosine(card, card)).isCloseTo(1, within(1e-5));
    assertThat(cosine(card, alike)).isGreaterThan(0.7);
    assertThat(cosine(card, other)).isLessThan(0.3);
  }

  @Test
  void answersDoNotDependOnBatchMates() throws Exception {
    // Given
    List<float[]> alone = new ArrayList<>();
    for (String text : TEXTS) {
      alone.addAll(embed(prepare(text)));
    }

    // When all are padded to the longest, as items and as rows of one item
    List<float[]> items = embed(TEXTS.stream().map(OnnxRuntimeEngineIT::prepare).toList());
    List<float[]> rows = embed(prepare(TEXTS.toArray(String[]::new)));

    // Then
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(items.get(i)).containsExactly(alone.get(i), within(1e-5f));
      assertThat(rows.get(i)).containsExactly(alone.get(i), within(1e-5f));
    }
  }

  @Test
  void takesFeaturesOfEachText() throws Exception {
    // When
    List<Features> features = features(prepare("Refund 25, please!", "", "\uD83D\uDE00 ok"));

    // Then [CLS] and [SEP] count as tokens, but not for the share; "refund" is two
    assertThat(features).hasSize(3);
    assertThat(features.get(0).numbers())
        .isEqualTo(
            Map.of(
                "token_count", 8.0,
                "character_count", 18.0,
                "unknown_share", 0.0,
                "digit_share", 2.0 / 18,
                "punctuation_share", 2.0 / 18));
    assertThat(features.get(1).numbers())
        .isEqualTo(
            Map.of(
                "token_count", 2.0,
                "character_count", 0.0,
                "unknown_share", Double.NaN,
                "digit_share", Double.NaN,
                "punctuation_share", Double.NaN));
    assertThat(features.get(2).numbers()).containsEntry("unknown_share", 0.5);
    assertThat(features).allSatisfy(row -> assertThat(row.categories()).isEmpty());
  }

  @Test
  void featuresDoNotDependOnBatchMates() throws Exception {
    // Given
    List<Features> alone = new ArrayList<>();
    for (String text : TEXTS) {
      alone.addAll(features(prepare(text)));
    }

    // When
    List<Features> items = features(TEXTS.stream().map(OnnxRuntimeEngineIT::prepare).toList());
    List<Features> rows = features(prepare(TEXTS.toArray(String[]::new)));

    // Then
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(items.get(i).numbers()).isEqualTo(alone.get(i).numbers());
      assertThat(rows.get(i).numbers()).isEqualTo(alone.get(i).numbers());
      float[] vector = alone.get(i).vectors().get("embedding");
      assertThat(items.get(i).vectors().get("embedding")).containsExactly(vector, within(1e-5f));
      assertThat(rows.get(i).vectors().get("embedding")).containsExactly(vector, within(1e-5f));
    }
  }

  @Test
  void theEmbeddingIsTheAnswerOfAnEncoder() throws Exception {
    // When
    Answer answer = model.answer(List.of(prepare("one", "two")), new StopSignal()).get(0);

    // Then
    float[] values = Tensors.floats(answer.outputs().get(0));
    assertThat(answer.features().get(1).vectors().get("embedding"))
        .containsExactly(Arrays.copyOfRange(values, 384, 768));
  }

  @Test
  void takesTheFeaturesThatAreDeclaredAndNoOthers() throws Exception {
    // Given
    ModelManifest manifest = modelPackage.manifest();

    // When
    List<Features> some = features(manifest.withFeatures(List.of("token_count", "output_norm")));
    List<Features> none = features(manifest.withFeatures(List.of()));

    // Then the norm of a unit vector
    assertThat(some).hasSize(1);
    assertThat(some.get(0).numbers()).containsOnlyKeys("token_count", "output_norm");
    assertThat(some.get(0).numbers().get("output_norm")).isCloseTo(1, within(1e-5));
    assertThat(some.get(0).vectors()).isEmpty();
    assertThat(none).isEmpty();
  }

  @Test
  void answersEachItemWithItsOwnRows() throws Exception {
    // When
    List<List<Tensor>> answers =
        model.predict(List.of(prepare("a"), prepare("b", "c", "d")), new StopSignal());

    // Then
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).singleElement().satisfies(tensor -> assertShape(tensor, 1, 384));
    assertThat(answers.get(1)).singleElement().satisfies(tensor -> assertShape(tensor, 3, 384));
  }

  @Test
  void parallelCallersShareTheSession() throws Exception {
    // Given
    float[] expected = embed(prepare(TEXTS.get(1))).get(0);
    ExecutorService callers = Executors.newFixedThreadPool(4);

    // When
    List<CompletableFuture<float[]>> calls =
        IntStream.range(0, 32)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> embedUnchecked(prepare(TEXTS.get(1))), callers))
            .toList();

    // Then
    for (CompletableFuture<float[]> call : calls) {
      assertThat(call.get()).containsExactly(expected, within(1e-5f));
    }
    callers.shutdown();
  }

  @Test
  void aRunningCallReallyStopsAndTheSessionStaysUsable() throws Exception {
    // Given a call that takes seconds
    StopSignal stop = new StopSignal();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    List<TextItem> batch = List.of(TextItem.ofShape(64, 256));
    CompletableFuture<Boolean> call =
        CompletableFuture.supplyAsync(() -> stoppedByTimeout(batch, stop), caller);
    await().during(Duration.ofMillis(300)).until(() -> !call.isDone());

    // When
    stop.stop();

    // Then
    await().atMost(Duration.ofSeconds(2)).until(call::isDone);
    assertThat(call.get()).isTrue();
    assertThat(embed(prepare("still there"))).hasSize(1);
    caller.shutdown();
  }

  @Test
  void aCallThatWasStoppedBeforeItsStartDoesNotRun() {
    // Given
    StopSignal stop = new StopSignal();
    stop.stop();

    // Then
    assertThat(stoppedByTimeout(List.of(prepare("late")), stop)).isTrue();
  }

  @Test
  void refusesAGarbageModelWithTheTrueCause(@TempDir Path garbage) throws Exception {
    // Given
    Files.copy(
        directory.resolve(OnnxRuntimeEngine.TOKENIZER_FILE),
        garbage.resolve(OnnxRuntimeEngine.TOKENIZER_FILE));
    Files.writeString(garbage.resolve(OnnxRuntimeEngine.ENCODER_FILE), "no model at all");
    ModelPackage broken = new ModelPackage(garbage, modelPackage.manifest());

    // Then
    assertThatThrownBy(() -> new OnnxRuntimeEngine().load(broken))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("encoder/1.0.0")
        .hasMessageContaining("encoder.onnx cannot be loaded")
        .hasMessageContaining("Protobuf parsing failed");
  }

  @Test
  void refusesAGarbageTokenizer(@TempDir Path garbage) throws Exception {
    // Given
    Files.writeString(garbage.resolve(OnnxRuntimeEngine.TOKENIZER_FILE), "{}");
    ModelPackage broken = new ModelPackage(garbage, modelPackage.manifest());

    // Then
    assertThatThrownBy(() -> new OnnxRuntimeEngine().load(broken))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("tokenizer.json is no tokenizer");
  }

  @Test
  void saysWhyThereIsNoGpu() {
    // Given
    ModelManifest cpu = modelPackage.manifest();
    ModelPackage gpu = new ModelPackage(directory, onDevice(cpu, "gpu:1"));

    // Then
    assertThatThrownBy(() -> new OnnxRuntimeEngine().load(gpu))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("on device gpu:1: ")
        .hasMessageContaining("Failed to find CUDA shared provider")
        .hasMessageContaining("-Pgpu");
  }

  @Test
  void takesTheProcessorWhereThereIsNoGpu() {
    // Given
    ModelPackage auto = new ModelPackage(directory, onDevice(modelPackage.manifest(), "auto"));

    // Then: its warm-up ran there
    assertThatCode(() -> new OnnxRuntimeEngine().load(auto).close()).doesNotThrowAnyException();
  }

  @Test
  void refusesASignatureThatTheModelDoesNotHave() {
    // Given
    ModelManifest manifest = Manifests.encoder("encoder", "1.0.0");
    TextSignature narrow = TextSignature.embedding(100);
    ModelPackage wrong =
        new ModelPackage(
            directory,
            new ModelManifest(
                manifest.name(),
                manifest.version(),
                Task.TEXT_EMBEDDING,
                manifest.engine(),
                manifest.device(),
                narrow.inputs(),
                narrow.outputs(),
                manifest.text(),
                manifest.batching(),
                manifest.labels(),
                manifest.files(),
                null,
                null));

    // Then
    assertThatThrownBy(() -> new OnnxRuntimeEngine().load(wrong))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("[-1, 100]")
        .hasMessageContaining("[-1, 384]");
  }

  @Test
  void aClosedModelRefusesCalls() throws Exception {
    // Given
    TextModel closed = (TextModel) new OnnxRuntimeEngine().load(modelPackage);
    TextItem item = prepare("early");

    // When
    closed.close();
    closed.close();

    // Then
    assertThatThrownBy(() -> closed.prepare(List.of(Tensors.ofStrings("text", List.of("a")))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closed.predict(List.of(item), new StopSignal()))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("the model is closed");
  }

  private static List<Features> features(TextItem item) throws Exception {
    return features(List.of(item));
  }

  private static List<Features> features(List<TextItem> items) throws Exception {
    return model.answer(items, new StopSignal()).stream()
        .flatMap(answer -> answer.features().stream())
        .toList();
  }

  /** Of a text, by the model with another manifest. */
  private static List<Features> features(ModelManifest manifest) throws Exception {
    try (TextModel other =
        (TextModel) new OnnxRuntimeEngine().load(new ModelPackage(directory, manifest))) {
      TextItem item = other.prepare(List.of(Tensors.ofStrings("text", List.of("hi"))));
      return other.answer(List.of(item), new StopSignal()).get(0).features();
    }
  }

  private static boolean stoppedByTimeout(List<TextItem> batch, StopSignal stop) {
    try {
      model.predict(batch, stop);
      return false;
    } catch (PredictionException e) {
      return e.reason() == Reason.TIMEOUT;
    }
  }

  private static TextItem prepare(String... texts) {
    try {
      return model.prepare(List.of(Tensors.ofStrings("text", List.of(texts))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<float[]> embed(TextItem item) throws Exception {
    return embed(List.of(item));
  }

  private static List<float[]> embed(List<TextItem> items) throws Exception {
    List<float[]> vectors = new ArrayList<>();
    for (List<Tensor> answer : model.predict(items, new StopSignal())) {
      float[] values = Tensors.floats(answer.get(0));
      for (int from = 0; from < values.length; from += 384) {
        vectors.add(Arrays.copyOfRange(values, from, from + 384));
      }
    }
    return vectors;
  }

  private static float[] embedUnchecked(TextItem item) {
    try {
      return embed(item).get(0);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static double cosine(float[] left, float[] right) {
    return IntStream.range(0, left.length).mapToDouble(i -> (double) left[i] * right[i]).sum();
  }

  private static void assertShape(Tensor tensor, long rows, long columns) {
    assertThat(tensor.getName()).isEqualTo("embedding");
    assertThat(tensor.getShape()).containsExactly(rows, columns);
  }

  private static ModelManifest onDevice(ModelManifest manifest, String device) {
    return new ModelManifest(
        manifest.name(),
        manifest.version(),
        manifest.task(),
        manifest.engine(),
        device,
        manifest.inputs(),
        manifest.outputs(),
        manifest.text(),
        manifest.batching(),
        manifest.labels(),
        manifest.files(),
        null,
        null);
  }

  private static void copy(String resource, String file) throws IOException {
    try (InputStream in = OnnxRuntimeEngineIT.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in), directory.resolve(file));
    }
  }
}
