package io.millrace.models.onnx;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.onnxruntime.engine.OrtNDManager;
import ai.djl.onnxruntime.engine.OrtSymbolBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import io.millrace.models.StopSignal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A DJL block over one ONNX Runtime session whose native call really ends when it is told to: DJL's
 * own block has no access to the run options that do this. The session stays usable.
 */
final class StoppableBlock extends OrtSymbolBlock {

  /**
   * Makes an answer of the session's outputs, which are freed afterwards.
   *
   * @param <T> the answer; arrays of it are in the manager
   */
  interface OutputReader<T> {
    T read(List<OnnxTensor> outputs, NDManager manager);
  }

  private static final String CALL = "call";

  private final OrtSession session;

  StoppableBlock(OrtSession session, OrtNDManager manager) {
    super(session, manager);
    this.session = session;
  }

  /**
   * Runs the session on named inputs.
   *
   * @return what the reader made of the outputs, with the manager of the inputs
   * @throws EngineException with ONNX Runtime's message, also when the call was stopped
   */
  <T> T run(NDList inputs, StopSignal stop, OutputReader<T> reader) {
    Call<T> call = new Call<>(stop, reader);
    PairList<String, Object> parameters = new PairList<>();
    parameters.add(CALL, call);
    ParameterStore noWeights = new ParameterStore(inputs.head().getManager(), false);
    var unused = forward(noWeights, inputs, false, parameters);
    return Objects.requireNonNull(call.answer);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    Call<?> call = (Call<?>) params.get(CALL);
    try (RunOptions options = new RunOptions()) {
      try {
        call.stop.onStop(() -> terminate(options));
        try (OrtSession.Result result = session.run(tensors(inputs), options)) {
          call.read(outputs(result), inputs.head().getManager());
          return new NDList();
        }
      } finally {
        // Waits for an action that is running, so that the options are not freed under it.
        call.stop.clear();
      }
    } catch (OrtException e) {
      throw new EngineException(e.getMessage(), e);
    }
  }

  private static Map<String, OnnxTensor> tensors(NDList inputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (NDArray input : inputs) {
      tensors.put(input.getName(), ((OrtNDArray) input).getTensor());
    }
    return tensors;
  }

  private static List<OnnxTensor> outputs(OrtSession.Result result) {
    List<OnnxTensor> outputs = new ArrayList<>(result.size());
    result.forEach(output -> outputs.add((OnnxTensor) output.getValue()));
    return outputs;
  }

  private static void terminate(RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not stop a call", e);
    }
  }

  private static final class Call<T> {

    private final StopSignal stop;
    private final OutputReader<T> reader;
    private @Nullable T answer;

    private Call(StopSignal stop, OutputReader<T> reader) {
      this.stop = stop;
      this.reader = reader;
    }

    private void read(List<OnnxTensor> outputs, NDManager manager) {
      answer = reader.read(outputs, manager);
    }
  }
}
