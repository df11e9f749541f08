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
import java.util.HashMap;
import java.util.Map;

/**
 * A DJL block over one ONNX Runtime session whose native call really ends when it is told to: DJL's
 * own block has no access to the run options that do this. The session stays usable.
 */
final class StoppableBlock extends OrtSymbolBlock {

  /** Makes an array, in the manager, of the session's first output, which is freed afterwards. */
  interface OutputReader {
    NDArray read(OnnxTensor output, NDManager manager);
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
   * @return what the reader made of the first output, in the manager of the inputs
   * @throws EngineException with ONNX Runtime's message, also when the call was stopped
   */
  NDArray run(NDList inputs, StopSignal stop, OutputReader reader) {
    PairList<String, Object> parameters = new PairList<>();
    parameters.add(CALL, new Call(stop, reader));
    ParameterStore noWeights = new ParameterStore(inputs.head().getManager(), false);
    return forward(noWeights, inputs, false, parameters).singletonOrThrow();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    Call call = (Call) params.get(CALL);
    try (RunOptions options = new RunOptions()) {
      try {
        call.stop.onStop(() -> terminate(options));
        try (OrtSession.Result result = session.run(tensors(inputs), options)) {
          OnnxTensor output = (OnnxTensor) result.get(0);
          return new NDList(call.reader.read(output, inputs.head().getManager()));
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

  private static void terminate(RunOptions options) {
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not stop a call", e);
    }
  }

  private record Call(StopSignal stop, OutputReader reader) {}
}
