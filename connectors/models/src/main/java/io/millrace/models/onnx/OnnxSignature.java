package io.millrace.models.onnx;

import ai.onnxruntime.TensorInfo;
import io.millrace.models.ModelLoadException;
import io.millrace.models.packages.ModelDevice;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.avro.Datatype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an ONNX file takes and gives, in the order of the file; -1 stands for a dimension that has
 * no fixed size.
 */
public record OnnxSignature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

  public OnnxSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads a file's signature by loading it.
   *
   * @throws ModelLoadException when ONNX Runtime refuses the file, or a tensor has a datatype that
   *     requests cannot carry
   */
  public static OnnxSignature read(Path file) throws ModelLoadException {
    try (OnnxSession session = OnnxSession.open(file, ModelDevice.of("cpu"))) {
      return of(session);
    }
  }

  static OnnxSignature of(OnnxSession session) throws ModelLoadException {
    return new OnnxSignature(specs("input", session.inputs()), specs("output", session.outputs()));
  }

  /**
   * Requires that a manifest has this signature, perhaps with fixed sizes for what varies in the
   * file.
   */
  void requireFits(OnnxSignature manifest) throws ModelLoadException {
    if (!fit(inputs, manifest.inputs) || !fit(outputs, manifest.outputs)) {
      throw new ModelLoadException(
          "model.yaml has the inputs %s and outputs %s, expected %s and %s"
              .formatted(manifest.inputs, manifest.outputs, inputs, outputs));
    }
  }

  /**
   * Whether requests can share a call, each with rows of its own: the first dimension of all
   * tensors varies.
   */
  boolean hasRows() {
    return IntStream.range(0, inputs.size() + outputs.size())
        .mapToObj(i -> i < inputs.size() ? inputs.get(i) : outputs.get(i - inputs.size()))
        .allMatch(tensor -> !tensor.shape().isEmpty() && tensor.shape().get(0) < 0);
  }

  private static boolean fit(List<TensorSpec> file, List<TensorSpec> manifest) {
    return file.size() == manifest.size()
        && IntStream.range(0, file.size()).allMatch(i -> fits(file.get(i), manifest.get(i)));
  }

  private static boolean fits(TensorSpec file, TensorSpec manifest) {
    return file.name().equals(manifest.name())
        && file.datatype() == manifest.datatype()
        && Shapes.fits(file.shape(), manifest.shape());
  }

  private static List<TensorSpec> specs(String kind, Map<String, TensorInfo> tensors)
      throws ModelLoadException {
    List<TensorSpec> specs = new ArrayList<>(tensors.size());
    for (Map.Entry<String, TensorInfo> tensor : tensors.entrySet()) {
      Optional<Datatype> datatype = TensorTypes.of(tensor.getValue());
      if (datatype.isEmpty()) {
        throw new ModelLoadException(
            "%s '%s' is of type %s, expected one of %s"
                .formatted(
                    kind,
                    tensor.getKey(),
                    tensor.getValue().onnxType.name().replaceFirst(".*_TYPE_", ""),
                    TensorTypes.SUPPORTED));
      }
      specs.add(
          new TensorSpec(
              tensor.getKey(),
              datatype.get(),
              Arrays.stream(tensor.getValue().getShape()).boxed().toList()));
    }
    return specs;
  }
}
