package io.millrace.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.millrace.models.ModelLoadException;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.ModelDevice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A BERT-like encoder: token ids in, one unit vector a text out. */
final class TextEncoder implements AutoCloseable {

  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private final OnnxSession session;
  private final boolean typed;
  private final int dimension;

  private TextEncoder(OnnxSession session, boolean typed, int dimension) {
    this.session = session;
    this.typed = typed;
    this.dimension = dimension;
  }

  static TextEncoder open(Path file, ModelDevice device) throws ModelLoadException {
    OnnxSession session = OnnxSession.open(file, device);
    try {
      requireInputs(file, session.inputs());
      return new TextEncoder(
          session, session.inputs().containsKey(TYPES), dimension(file, session.output()));
    } catch (ModelLoadException e) {
      session.close();
      throw e;
    }
  }

  /** Whether it runs on a GPU. */
  boolean onGpu() {
    return session.onGpu();
  }

  /** Components of a text's vector. */
  int dimension() {
    return dimension;
  }

  /** A manager for the arrays of one call. */
  NDManager newManager() {
    return session.newManager();
  }

  /**
   * Runs one batch, each row padded to the longest.
   *
   * @param rows token ids of each text
   * @return unit vectors, FP32 [rows, dimension], in the manager
   */
  NDArray encode(List<long[]> rows, NDManager manager, StopSignal stop) {
    int[] lengths = rows.stream().mapToInt(row -> row.length).toArray();
    int longest = Arrays.stream(lengths).max().orElseThrow();
    return session
        .block()
        .run(
            inputs(rows, longest, manager),
            stop,
            (outputs, target) -> {
              float[] hidden = outputs.get(0).getFloatBuffer().array();
              float[] pooled = MeanPooling.pool(hidden, lengths, longest, dimension);
              return target.create(pooled, new Shape(rows.size(), dimension));
            });
  }

  @Override
  public void close() {
    session.close();
  }

  private NDList inputs(List<long[]> rows, int longest, NDManager manager) {
    long[] ids = new long[rows.size() * longest];
    long[] mask = new long[ids.length];
    int start = 0;
    for (long[] row : rows) {
      System.arraycopy(row, 0, ids, start, row.length);
      Arrays.fill(mask, start, start + row.length, 1);
      start += longest;
    }
    Shape shape = new Shape(rows.size(), longest);
    NDList inputs = new NDList(3);
    inputs.add(named(IDS, manager.create(ids, shape)));
    inputs.add(named(MASK, manager.create(mask, shape)));
    if (typed) {
      // One text a row: every token is of the first segment, 0.
      inputs.add(named(TYPES, manager.create(new long[ids.length], shape)));
    }
    return inputs;
  }

  private static NDArray named(String name, NDArray array) {
    array.setName(name);
    return array;
  }

  private static void requireInputs(Path file, Map<String, TensorInfo> inputs)
      throws ModelLoadException {
    boolean known =
        inputs.keySet().containsAll(Set.of(IDS, MASK))
            && Set.of(IDS, MASK, TYPES).containsAll(inputs.keySet())
            && inputs.values().stream().allMatch(input -> input.type == OnnxJavaType.INT64);
    if (!known) {
      throw new ModelLoadException(
          "%s has the inputs %s, expected INT64 %s, %s and, at will, %s"
              .formatted(file.getFileName(), inputs.keySet(), IDS, MASK, TYPES));
    }
  }

  private static int dimension(Path file, TensorInfo output) throws ModelLoadException {
    long[] shape = output.getShape();
    if (output.type != OnnxJavaType.FLOAT || shape.length != 3 || shape[2] <= 0) {
      throw new ModelLoadException(
          "%s gives %s %s, expected FLOAT [batch, tokens, dimension] with a fixed dimension"
              .formatted(file.getFileName(), output.type, Arrays.toString(shape)));
    }
    return (int) shape[2];
  }
}
