package io.millrace.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.millrace.models.ModelLoadException;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.ModelDevice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A classifier over an encoder's vectors: FP32 [rows, dimension] in, probabilities out. */
final class ClassificationHead implements AutoCloseable {

  private final OnnxSession session;
  private final String input;
  private final int classes;

  private ClassificationHead(OnnxSession session, String input, int classes) {
    this.session = session;
    this.input = input;
    this.classes = classes;
  }

  /**
   * @param dimension components of the encoder's vectors
   * @param classes how many labels the manifest lists
   */
  static ClassificationHead open(Path file, ModelDevice device, int dimension, int classes)
      throws ModelLoadException {
    OnnxSession session = OnnxSession.open(file, device);
    Map.Entry<String, TensorInfo> input = session.inputs().entrySet().iterator().next();
    if (session.inputs().size() != 1
        || !isMatrix(input.getValue(), dimension)
        || !isMatrix(session.output(), classes)) {
      ModelLoadException mismatch =
          new ModelLoadException(
              "%s takes %s and gives %s, expected one FLOAT [batch, %d] and FLOAT [batch, %d]"
                  .formatted(
                      file.getFileName(),
                      session.inputs(),
                      Arrays.toString(session.output().getShape()),
                      dimension,
                      classes));
      session.close();
      throw mismatch;
    }
    return new ClassificationHead(session, input.getKey(), classes);
  }

  /** Class probabilities, FP32 [rows, classes], in the manager of the vectors. */
  NDArray classify(NDArray vectors, StopSignal stop) {
    long rows = vectors.getShape().get(0);
    vectors.setName(input);
    return session
        .block()
        .run(
            new NDList(vectors),
            stop,
            (outputs, manager) ->
                manager.create(outputs.get(0).getFloatBuffer(), new Shape(rows, classes)));
  }

  @Override
  public void close() {
    session.close();
  }

  private static boolean isMatrix(TensorInfo tensor, int columns) {
    long[] shape = tensor.getShape();
    return tensor.type == OnnxJavaType.FLOAT
        && shape.length == 2
        && (shape[1] == columns || shape[1] < 0);
  }
}
