package io.millrace.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import io.millrace.models.Answer;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.PredictionException;
import io.millrace.models.StopSignal;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Any ONNX file, tensors in and tensors out.
 *
 * <p>Where the first dimension of all tensors varies it is taken for the number of rows: requests
 * of a batch are concatenated along it, as far as their other dimensions agree, and the answers are
 * split. Every other model runs one request after the other.
 */
final class TensorModel implements Model<TensorItem> {

  private final OnnxSession session;
  private final OnnxSignature signature;
  private final TensorInputs input;
  private final TensorFeatures features;
  private final ModelLife life = new ModelLife();

  /**
   * @param signature fits the session's
   * @param maxRows most rows of a request
   */
  TensorModel(OnnxSession session, OnnxSignature signature, int maxRows, TensorFeatures features) {
    this.session = session;
    this.signature = signature;
    input =
        new TensorInputs(signature.inputs(), signature.hasRows() && session.mayHaveRows(), maxRows);
    this.features = features;
  }

  @Override
  public TensorItem prepare(List<Tensor> inputs) throws InvalidInputException {
    return input.item(inputs);
  }

  @Override
  public List<List<Tensor>> predict(List<TensorItem> batch, StopSignal stop)
      throws PredictionException {
    try {
      return life.call(() -> answers(batch, stop));
    } catch (OutOfMemoryError | RuntimeException e) {
      throw PredictionFailures.of(e, stop);
    }
  }

  @Override
  public List<Answer> answer(List<TensorItem> batch, StopSignal stop) throws PredictionException {
    List<List<Tensor>> outputs = predict(batch, stop);
    List<Answer> answers = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      answers.add(new Answer(outputs.get(i), features.rows(batch.get(i), outputs.get(i))));
    }
    return answers;
  }

  /**
   * Runs a full batch of zeros, so that the first request finds memory allocated. Where more than
   * the number of rows varies nobody knows a size that the model takes: then it does nothing.
   */
  void warmUp() throws PredictionException {
    boolean known =
        signature.inputs().stream()
            .flatMap(spec -> spec.shape().stream().skip(input.rowsShared() ? 1 : 0))
            .allMatch(size -> size >= 0);
    if (known) {
      var unused =
          predict(List.of(input.zeros(input.rowsShared() ? input.maxRows() : 1)), new StopSignal());
    }
  }

  @Override
  public void close() {
    life.close(session::close);
  }

  private List<List<Tensor>> answers(List<TensorItem> batch, StopSignal stop) {
    List<List<Tensor>> answers =
        new ArrayList<>(batch.stream().map(item -> List.<Tensor>of()).toList());
    for (List<Integer> call : calls(batch)) {
      List<TensorItem> items = call.stream().map(batch::get).toList();
      List<List<Tensor>> outputs = run(items, stop);
      for (int i = 0; i < items.size(); i++) {
        answers.set(call.get(i), outputs.get(i));
      }
    }
    return answers;
  }

  /** The indexes of the items of each call. */
  private List<List<Integer>> calls(List<TensorItem> batch) {
    if (!input.rowsShared()) {
      return IntStream.range(0, batch.size()).mapToObj(List::of).toList();
    }
    Map<List<List<Long>>, List<Integer>> calls = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      calls.computeIfAbsent(batch.get(i).rowShapes(), shapes -> new ArrayList<>()).add(i);
    }
    return List.copyOf(calls.values());
  }

  private List<List<Tensor>> run(List<TensorItem> items, StopSignal stop) {
    try (NDManager manager = session.newManager()) {
      NDList inputs = new NDList(signature.inputs().size());
      for (int i = 0; i < signature.inputs().size(); i++) {
        inputs.add(array(i, items, manager));
      }
      List<Tensor> outputs = session.block().run(inputs, stop, (tensors, unused) -> read(tensors));
      return items.size() == 1 ? List.of(outputs) : split(outputs, items);
    }
  }

  /** One input of all items, one after the other. */
  private NDArray array(int index, List<TensorItem> items, NDManager manager) {
    TensorSpec spec = signature.inputs().get(index);
    List<Tensor> tensors = items.stream().map(item -> item.inputs().get(index)).toList();
    int bytes =
        tensors.stream().mapToInt(tensor -> tensor.getData().remaining()).reduce(0, Math::addExact);
    ByteBuffer data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    tensors.forEach(tensor -> data.put(tensor.getData().duplicate()));
    long[] shape = tensors.get(0).getShape().stream().mapToLong(Long::longValue).toArray();
    if (items.size() > 1) {
      shape[0] = rows(items);
    }
    NDArray array =
        manager.create(data.flip(), new Shape(shape), TensorTypes.ofDjl(spec.datatype()));
    array.setName(spec.name());
    return array;
  }

  /**
   * Copies the outputs out of the native memory, which has the order of tensors wherever it runs.
   */
  private List<Tensor> read(List<OnnxTensor> outputs) {
    List<Tensor> tensors = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      TensorSpec spec = signature.outputs().get(i);
      List<Long> shape = Arrays.stream(outputs.get(i).getInfo().getShape()).boxed().toList();
      tensors.add(new Tensor(spec.name(), spec.datatype(), shape, outputs.get(i).getByteBuffer()));
    }
    return tensors;
  }

  private static List<List<Tensor>> split(List<Tensor> outputs, List<TensorItem> items) {
    int rows = rows(items);
    for (Tensor output : outputs) {
      if (output.getShape().get(0) != rows) {
        throw new IllegalStateException(
            "output '%s' has the shape %s for a batch of %d rows"
                .formatted(output.getName(), output.getShape(), rows));
      }
    }
    List<List<Tensor>> answers = new ArrayList<>(items.size());
    int from = 0;
    for (TensorItem item : items) {
      int start = from;
      answers.add(outputs.stream().map(output -> slice(output, rows, start, item.rows())).toList());
      from += item.rows();
    }
    return answers;
  }

  private static Tensor slice(Tensor tensor, int rows, int from, int count) {
    int row = tensor.getData().remaining() / rows;
    byte[] data = new byte[row * count];
    tensor.getData().duplicate().position(row * from).get(data);
    List<Long> shape = new ArrayList<>(tensor.getShape());
    shape.set(0, (long) count);
    return new Tensor(tensor.getName(), tensor.getDatatype(), shape, ByteBuffer.wrap(data));
  }

  private static int rows(List<TensorItem> items) {
    return items.stream().mapToInt(TensorItem::rows).sum();
  }
}
