package io.millrace.models.onnx;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.onnxruntime.engine.OrtEngine;
import ai.djl.onnxruntime.engine.OrtNDManager;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.millrace.models.ModelLoadException;
import io.millrace.models.packages.ModelDevice;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ONNX file as a DJL model whose block can be stopped, set up for parallel callers.
 *
 * @param model owns the block, and with it the native session
 * @param block runs the session
 * @param inputs the file's inputs by name, in the order of the file
 * @param outputs its outputs by name, in the order of the file
 * @param onGpu whether it runs on a GPU
 */
record OnnxSession(
    Model model,
    StoppableBlock block,
    Map<String, TensorInfo> inputs,
    Map<String, TensorInfo> outputs,
    boolean onGpu)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);

  private static final String GPU_NEEDS =
      " (a GPU needs NVIDIA's driver, CUDA 12 with cuDNN 9, and the build with -Pgpu)";

  /**
   * @throws ModelLoadException names the file and says why ONNX Runtime refuses it or the device
   */
  static OnnxSession open(Path file, ModelDevice device) throws ModelLoadException {
    DjlProperties.apply();
    return switch (device.kind()) {
      case CPU -> openOn(Device.cpu(), file);
      case GPU -> openOn(Device.gpu(device.index()), file);
      case AUTO -> openOnAny(file);
    };
  }

  private static OnnxSession openOnAny(Path file) throws ModelLoadException {
    try {
      return openOn(Device.gpu(), file);
    } catch (ModelLoadException e) {
      // A file that is broken is refused again, and then that is what is told.
      LOG.info("{} runs on the CPU: {}", file.getFileName(), e.getMessage());
      return openOn(Device.cpu(), file);
    }
  }

  private static OnnxSession openOn(Device device, Path file) throws ModelLoadException {
    // DJL sets up the process-wide environment; asking ONNX Runtime first would take its defaults.
    Engine engine = Engine.getEngine(OrtEngine.ENGINE_NAME);
    Model model = engine.newModel(file.getFileName().toString(), device);
    try (SessionOptions options = options(device)) {
      OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
      StoppableBlock block = new StoppableBlock(session, (OrtNDManager) model.getNDManager());
      model.setBlock(block);
      return new OnnxSession(
          model,
          block,
          tensors(session.getInputInfo().values()),
          tensors(session.getOutputInfo().values()),
          device.isGpu());
    } catch (OrtException | IllegalArgumentException e) {
      model.close();
      throw new ModelLoadException(
          "%s cannot be loaded on device %s: %s%s"
              .formatted(
                  file.getFileName(),
                  device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu",
                  e.getMessage(),
                  device.isGpu() ? GPU_NEEDS : ""),
          e);
    }
  }

  /** The first output. */
  TensorInfo output() {
    return outputs.values().iterator().next();
  }

  /**
   * Whether the names of dimensions, as far as the file gives any, allow the first one to be the
   * number of rows: it is the same of all inputs, and no output begins with another dimension of an
   * input.
   */
  boolean mayHaveRows() {
    Set<String> rows = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (TensorInfo input : inputs.values()) {
      List<String> names = List.of(input.getDimensionNames());
      rows.addAll(names.subList(0, Math.min(1, names.size())));
      others.addAll(names.subList(Math.min(1, names.size()), names.size()));
    }
    rows.remove("");
    others.remove("");
    others.removeAll(rows);
    return rows.size() <= 1
        && outputs.values().stream()
            .map(TensorInfo::getDimensionNames)
            .noneMatch(names -> names.length > 0 && others.contains(names[0]));
  }

  /** A manager for the arrays of one call. */
  NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  @Override
  public void close() {
    model.close();
  }

  private static SessionOptions options(Device device) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    if (device.isGpu()) {
      options.addCUDA(device.getDeviceId());
    }
    return options;
  }

  private static Map<String, TensorInfo> tensors(Collection<NodeInfo> nodes) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (NodeInfo node : nodes) {
      if (!(node.getInfo() instanceof TensorInfo tensor)) {
        throw new IllegalArgumentException("'" + node.getName() + "' is no tensor");
      }
      tensors.put(node.getName(), tensor);
    }
    return tensors;
  }
}
