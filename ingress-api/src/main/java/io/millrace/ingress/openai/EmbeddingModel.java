package io.millrace.ingress.openai;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.TensorMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an embedding model is asked.
 *
 * @param input the name of the tensor that holds texts
 * @param output the name of the tensor that holds a vector a text
 * @param dimensions components of a vector; -1 when that varies
 */
record EmbeddingModel(String input, String output, long dimensions) {

  private static final String TASK = "text-embedding";

  /** The model that a registered version says; empty when it makes no embeddings of texts. */
  static Optional<EmbeddingModel> of(ModelMetadata version) {
    if (!version.getTask().equals(TASK)) {
      return Optional.empty();
    }
    Optional<TensorMetadata> texts = first(version.getInputs(), Datatype.BYTES);
    Optional<TensorMetadata> vectors = first(version.getOutputs(), Datatype.FP32);
    return texts.flatMap(
        input ->
            vectors.map(
                output ->
                    new EmbeddingModel(
                        input.getName(), output.getName(), last(output.getShape()))));
  }

  /**
   * @throws ProblemException {@code INVALID_REQUEST} when the model's vectors have another length
   */
  void requireDimensions(int wanted) {
    if (wanted != dimensions) {
      throw new ProblemException(
              ProblemType.INVALID_REQUEST,
              "expected %d, the length of the model's vectors, or no dimensions"
                  .formatted(dimensions))
          .at("/dimensions");
    }
  }

  /** The request for the vector of one text. */
  InferenceRequest request(String text, @Nullable String affinity) {
    return new InferenceRequest(
        List.of(Tensors.ofStrings(input, List.of(text))),
        Map.of(),
        List.of(),
        Priority.NORMAL,
        null,
        false,
        affinity,
        null);
  }

  /** The vector in the outputs of a job. */
  Tensor vector(List<Tensor> outputs) {
    return outputs.stream()
        .filter(tensor -> tensor.getName().equals(output))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The model has given no " + output));
  }

  private static Optional<TensorMetadata> first(List<TensorMetadata> tensors, Datatype datatype) {
    return tensors.stream().filter(tensor -> tensor.getDatatype() == datatype).findFirst();
  }

  private static long last(List<Long> shape) {
    return shape.isEmpty() ? -1 : shape.get(shape.size() - 1);
  }
}
