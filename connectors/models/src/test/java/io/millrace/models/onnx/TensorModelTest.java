package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs real ONNX files. */
class TensorModelTest {

  private static final ModelVersion VERSION = new ModelVersion("sums", "1.0.0");
  private static final int MAX_BATCH_SIZE = 8;

  @TempDir private Path directory;

  private final List<TensorModel> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(TensorModel::close);
  }

  @Test
  void writesAPackageWithTheSignatureOfTheFile() throws Exception {
    // When
    var unused = write(sums());
    ModelPackage found = new LocalModelRepository(directory).open(VERSION);

    // Then
    assertThat(found.manifest().task()).isEqualTo(Task.TENSOR);
    assertThat(found.manifest().text()).isNull();
    assertThat(found.manifest().inputs())
        .containsExactly(
            new TensorSpec("a", Datatype.FP32, List.of(-1L, 2L)),
            new TensorSpec("b", Datatype.FP32, List.of(-1L, 2L)));
    assertThat(found.manifest().outputs())
        .containsExactly(
            new TensorSpec("sum", Datatype.FP32, List.of(-1L, 2L)),
            new TensorSpec("product", Datatype.FP32, List.of(-1L, 2L)));
    assertThat(found.manifest().batching())
        .isEqualTo(new BatchingHints(MAX_BATCH_SIZE, MAX_BATCH_SIZE, List.of(1)));
    assertThat(Files.readString(found.directory().resolve("model.yaml")))
        .contains("task: tensor\n")
        .doesNotContain("text:");
    assertThatThrownBy(() -> write(sums())).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void answersEachRequestOfABatchWithItsOwnRowsOfEveryOutput() throws Exception {
    // Given inputs in any order
    TensorModel model = load(sums());
    TensorItem one = model.prepare(List.of(floats("b", 10, 20), floats("a", 1, 2)));
    TensorItem two = model.prepare(List.of(floats("a", 3, 4, 5, 6), floats("b", 2, 2, 3, 3)));

    // When
    List<List<Tensor>> answers = model.predict(List.of(one, two), new StopSignal());

    // Then
    assertThat(List.of(one.rows(), one.tokens(), one.length())).containsExactly(1, 1, 1);
    assertThat(List.of(two.rows(), two.tokens(), two.length())).containsExactly(2, 2, 1);
    assertThat(answers)
        .containsExactly(
            List.of(floats("sum", 11, 22), floats("product", 10, 40)),
            List.of(floats("sum", 5, 6, 8, 9), floats("product", 6, 8, 15, 18)));
  }

  @Test
  void takesTheColumnsAndTheNormOfEachRow() throws Exception {
    // Given
    TensorModel model = load(sums());
    TensorItem one = model.prepare(List.of(floats("b", 10, 20), floats("a", 1, 2)));
    TensorItem two = model.prepare(List.of(floats("a", 3, 4, 5, 6), floats("b", 2, 2, 3, 3)));

    // When
    List<Answer> answers = model.answer(List.of(one, two), new StopSignal());

    // Then
    assertThat(answers).extracting(Answer::outputs).isEqualTo(predict(model, one, two));
    assertThat(answers.get(0).features())
        .extracting(Features::numbers)
        .containsExactly(numbers(1, 2, 10, 20, norm(11, 22, 10, 40)));
    assertThat(answers.get(1).features())
        .extracting(Features::numbers)
        .containsExactly(
            numbers(3, 4, 2, 2, norm(5, 6, 6, 8)), numbers(5, 6, 3, 3, norm(8, 9, 15, 18)));
  }

  @Test
  void rowsWhoseSizeVariesHaveANormAlone() throws Exception {
    // Given
    TensorModel model =
        load(
            new OnnxFile()
                .input("x", OnnxFile.Type.FLOAT, "batch", "width")
                .output("y", OnnxFile.Type.FLOAT, "batch", "width")
                .node("Neg", "y", "x"));
    TensorItem item =
        model.prepare(List.of(Tensors.ofFloats("x", new long[] {2, 2}, new float[] {3, 4, 6, 8})));

    // When
    List<Answer> answers = model.answer(List.of(item), new StopSignal());

    // Then
    assertThat(answers.get(0).features())
        .extracting(Features::numbers)
        .containsExactly(Map.of("output_norm", 5.0), Map.of("output_norm", 10.0));
  }

  @Test
  void requestsWithRowsOfAnotherSizeShareABatchAllTheSame() throws Exception {
    // Given
    TensorModel model =
        load(
            new OnnxFile()
                .input("x", OnnxFile.Type.FLOAT, "batch", "width")
                .output("y", OnnxFile.Type.FLOAT, "batch", "width")
                .node("Neg", "y", "x"));
    List<Tensor> requests =
        List.of(
            Tensors.ofFloats("x", new long[] {1, 2}, new float[] {1, 2}),
            Tensors.ofFloats("x", new long[] {1, 3}, new float[] {3, 4, 5}),
            Tensors.ofFloats("x", new long[] {2, 2}, new float[] {6, 7, 8, 9}));

    // When
    List<List<Tensor>> answers = predict(model, requests);

    // Then
    assertThat(answers)
        .containsExactly(
            List.of(Tensors.ofFloats("y", new long[] {1, 2}, new float[] {-1, -2})),
            List.of(Tensors.ofFloats("y", new long[] {1, 3}, new float[] {-3, -4, -5})),
            List.of(Tensors.ofFloats("y", new long[] {2, 2}, new float[] {-6, -7, -8, -9})));
  }

  @Test
  void aModelWithAFixedFirstDimensionRunsRequestByRequest() throws Exception {
    // Given
    TensorModel model =
        load(
            new OnnxFile()
                .input("x", OnnxFile.Type.FLOAT, 2)
                .output("y", OnnxFile.Type.FLOAT, 2)
                .node("Neg", "y", "x"));
    List<Tensor> requests =
        List.of(
            Tensors.ofFloats("x", new long[] {2}, new float[] {1, 2}),
            Tensors.ofFloats("x", new long[] {2}, new float[] {3, 4}));

    // Then
    assertThat(predict(model, requests))
        .containsExactly(
            List.of(Tensors.ofFloats("y", new long[] {2}, new float[] {-1, -2})),
            List.of(Tensors.ofFloats("y", new long[] {2}, new float[] {-3, -4})));
  }

  @Test
  void inputsWhoseFirstDimensionsAreNotTheSameAreNotTakenForRows() throws Exception {
    // Given
    TensorModel model =
        load(
            new OnnxFile()
                .input("x", OnnxFile.Type.FLOAT, "left")
                .input("y", OnnxFile.Type.FLOAT, "right")
                .output("z", OnnxFile.Type.FLOAT, "both")
                .node("Add", "z", "x", "y"));
    List<Tensor> request =
        List.of(
            Tensors.ofFloats("x", new long[] {3}, new float[] {1, 2, 3}),
            Tensors.ofFloats("y", new long[] {1}, new float[] {10}));

    // When
    TensorItem item = model.prepare(request);

    // Then
    assertThat(item.rows()).isEqualTo(1);
    assertThat(model.predict(List.of(item, item), new StopSignal()))
        .containsOnly(List.of(Tensors.ofFloats("z", new long[] {3}, new float[] {11, 12, 13})));
  }

  @Test
  void outputsThatBeginWithAnotherDimensionAreNotTakenForRows() throws Exception {
    // Given
    TensorModel model =
        load(
            new OnnxFile()
                .input("x", OnnxFile.Type.FLOAT, "batch", "width")
                .output("y", OnnxFile.Type.FLOAT, "width", "batch")
                .node("Transpose", "y", "x"));
    Tensor request = Tensors.ofFloats("x", new long[] {1, 2}, new float[] {1, 2});

    // Then
    assertThat(predict(model, List.of(request, request)))
        .containsOnly(List.of(Tensors.ofFloats("y", new long[] {2, 1}, new float[] {1, 2})));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, FP32",
    "DOUBLE, FP64",
    "INT32, INT32",
    "INT64, INT64",
    "INT8, INT8",
    "UINT8, UINT8",
    "BOOL, BOOL"
  })
  void everySharedDatatypeGoesInAndOutUnchanged(OnnxFile.Type type, Datatype datatype)
      throws Exception {
    // Given
    TensorModel model = load(identity(type));
    List<Tensor> requests = List.of(pattern(datatype, 1, 1), pattern(datatype, 2, 0));

    // When
    List<List<Tensor>> answers = predict(model, requests);

    // Then
    for (int i = 0; i < requests.size(); i++) {
      Tensor request = requests.get(i);
      assertThat(answers.get(i))
          .containsExactly(
              new Tensor("y", request.getDatatype(), request.getShape(), request.getData()));
    }
  }

  @ParameterizedTest
  @CsvSource({"STRING", "UINT16"})
  void refusesAFileWithAnotherDatatype(OnnxFile.Type type) throws Exception {
    Path file = identity(type).write(directory.resolve("odd.onnx"));

    assertThatThrownBy(() -> OnnxSignature.read(file))
        .isInstanceOf(ModelLoadException.class)
        .hasMessage(
            "input 'x' is of type %s, expected one of %s"
                .formatted(type, "[FP32, FP64, INT32, INT64, INT8, UINT8, BOOL]"));
  }

  @Test
  void refusesWhatIsNoModel() throws Exception {
    Path file = Files.writeString(directory.resolve("text.onnx"), "no model at all");

    assertThatThrownBy(() -> OnnxSignature.read(file))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("text.onnx cannot be loaded");
  }

  @Test
  void refusesASignatureThatTheFileDoesNotHave() throws Exception {
    // Given
    ModelPackage sums = write(sums());
    Files.delete(sums.file("model.onnx"));
    var unused = identity(OnnxFile.Type.FLOAT).write(sums.file("model.onnx"));

    // Then
    assertThatThrownBy(() -> new OnnxRuntimeEngine().load(sums))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("sums/1.0.0: model.yaml has the inputs")
        .hasMessageContaining("expected [TensorSpec[name=x");
  }

  @Test
  void refusesRequestsThatDoNotFitAndSaysWhatWasExpected() throws Exception {
    // Given
    TensorModel model = load(sums());
    Tensor good = floats("a", 1, 2);

    // Then
    assertRefused(model, "expected the input 'a' FP32[-1, 2] and 'b' FP32[-1, 2], but", good);
    assertRefused(model, "there are 1 tensors", good);
    assertRefused(model, "'b' is there 0 times", good, floats("c", 1, 2));
    assertRefused(model, "'a' is there 2 times", good, good);
    assertRefused(
        model,
        "the datatype of 'b' is INT32",
        good,
        new Tensor("b", Datatype.INT32, List.of(1L, 2L), ByteBuffer.allocate(8)));
    assertRefused(
        model,
        "the shape of 'b' is [1, 3]",
        good,
        Tensors.ofFloats("b", new long[] {1, 3}, new float[3]));
    assertRefused(
        model,
        "the shape of 'b' is [2]",
        good,
        Tensors.ofFloats("b", new long[] {2}, new float[2]));
    assertRefused(
        model,
        "tensor 'b' has shape [1, 2] but 1 elements",
        good,
        new Tensor("b", Datatype.FP32, List.of(1L, 2L), ByteBuffer.allocate(4)));
    assertRefused(
        model,
        "tensor 'b' has shape [-1, 2]",
        good,
        new Tensor("b", Datatype.FP32, List.of(-1L, 2L), ByteBuffer.allocate(8)));
    assertRefused(model, "first dimensions differ: [1, 2]", good, floats("b", 1, 2, 3, 4));
    assertRefused(model, "there are 0 rows, 1 to 8 are allowed", floats("a"), floats("b"));
    assertRefused(
        model,
        "there are 9 rows, 1 to 8 are allowed",
        floats("a", new float[18]),
        floats("b", new float[18]));
  }

  @Test
  void outputsThatDoNotHaveTheRowsOfTheInputsFailABatchAndAreWholeAlone() throws Exception {
    // Given the indexes of what is not zero
    TensorModel model =
        load(
            new OnnxFile()
                .input("x", OnnxFile.Type.FLOAT, "batch")
                .output("y", OnnxFile.Type.INT64, "found", 1)
                .node("NonZero", "indexes", "x")
                .node("Transpose", "y", "indexes"));
    TensorItem item =
        model.prepare(List.of(Tensors.ofFloats("x", new long[] {2}, new float[] {1, 0})));

    // Then
    assertThat(model.predict(List.of(item), new StopSignal()).get(0))
        .singleElement()
        .satisfies(output -> assertThat(output.getShape()).containsExactly(1L, 1L));
    assertThatThrownBy(() -> model.predict(List.of(item, item), new StopSignal()))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("output 'y' has the shape [2, 1] for a batch of 4 rows");
  }

  @Test
  void aStoppedCallIsATimeoutAndAClosedModelRefusesCalls() throws Exception {
    // Given
    TensorModel model = load(sums());
    TensorItem item = model.prepare(List.of(floats("a", 1, 2), floats("b", 1, 2)));
    StopSignal stop = new StopSignal();
    stop.stop();

    // Then
    assertThatThrownBy(() -> model.predict(List.of(item), stop))
        .isInstanceOfSatisfying(
            PredictionException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));

    // When
    model.close();
    model.close();

    // Then
    assertThatThrownBy(() -> model.predict(List.of(item), new StopSignal()))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("the model is closed");
  }

  @Test
  void servesTheImageClassifierOfCrayfish() throws Exception {
    // Given
    Path file = Path.of("../../../shared/data/crayfish/model-ffnn.onnx");
    assumeTrue(Files.isRegularFile(file), () -> "Skipped: there is no " + file);
    TensorModel model =
        (TensorModel)
            new OnnxRuntimeEngine()
                .load(TensorPackage.write(directory, VERSION, file, MAX_BATCH_SIZE));
    opened.add(model);
    TensorSpec input = OnnxSignature.read(file).inputs().get(0);
    Random random = new Random(1);
    List<Tensor> images =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  float[] pixels = new float[28 * 28];
                  IntStream.range(0, pixels.length).forEach(p -> pixels[p] = random.nextFloat());
                  return Tensors.ofFloats(input.name(), new long[] {1, 1, 28 * 28}, pixels);
                })
            .toList();

    // When
    List<List<Tensor>> together = predict(model, images);

    // Then
    for (int i = 0; i < images.size(); i++) {
      Tensor answer = together.get(i).get(0);
      Tensor alone = predict(model, List.of(images.get(i))).get(0).get(0);
      assertThat(answer.getShape()).startsWith(1L).endsWith(10L);
      assertThat(Tensors.floats(answer)).containsExactly(Tensors.floats(alone), within(1e-5f));
    }
    assertThat(Tensors.floats(together.get(0).get(0)))
        .isNotEqualTo(Tensors.floats(together.get(1).get(0)));
  }

  private static OnnxFile sums() {
    return new OnnxFile()
        .input("a", OnnxFile.Type.FLOAT, "batch", 2)
        .input("b", OnnxFile.Type.FLOAT, "batch", 2)
        .output("sum", OnnxFile.Type.FLOAT, "batch", 2)
        .output("product", OnnxFile.Type.FLOAT, "batch", 2)
        .node("Add", "sum", "a", "b")
        .node("Mul", "product", "a", "b");
  }

  private static OnnxFile identity(OnnxFile.Type type) {
    return new OnnxFile()
        .input("x", type, "batch", 2)
        .output("y", type, "batch", 2)
        .node("Identity", "y", "x");
  }

  private ModelPackage write(OnnxFile file) throws Exception {
    return TensorPackage.write(
        directory, VERSION, file.write(directory.resolve("given.onnx")), MAX_BATCH_SIZE);
  }

  private TensorModel load(OnnxFile file) throws Exception {
    TensorModel model = (TensorModel) new OnnxRuntimeEngine().load(write(file));
    opened.add(model);
    return model;
  }

  private static List<List<Tensor>> predict(TensorModel model, List<Tensor> requests)
      throws Exception {
    List<TensorItem> items = new ArrayList<>();
    for (Tensor request : requests) {
      items.add(model.prepare(List.of(request)));
    }
    return model.predict(items, new StopSignal());
  }

  private static void assertRefused(TensorModel model, String says, Tensor... inputs) {
    assertThatThrownBy(() -> model.prepare(List.of(inputs)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(says);
  }

  /** Rows of two. */
  private static Tensor floats(String name, float... values) {
    return Tensors.ofFloats(name, new long[] {values.length / 2, 2}, values);
  }

  /** Rows of two whose every byte is the same: true or false, or some number. */
  private static Tensor pattern(Datatype datatype, int rows, int value) {
    byte[] data = new byte[rows * 2 * Tensors.elementBytes(datatype)];
    Arrays.fill(data, (byte) value);
    return new Tensor("x", datatype, List.of((long) rows, 2L), ByteBuffer.wrap(data));
  }

  private static List<List<Tensor>> predict(TensorModel model, TensorItem... items)
      throws PredictionException {
    return model.predict(List.of(items), new StopSignal());
  }

  private static Map<String, Double> numbers(
      double a0, double a1, double b0, double b1, double norm) {
    return Map.of("a[0]", a0, "a[1]", a1, "b[0]", b0, "b[1]", b1, "output_norm", norm);
  }

  private static double norm(double... values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }
}
