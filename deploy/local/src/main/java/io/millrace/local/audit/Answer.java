package io.millrace.local.audit;

import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier answered to one text.
 *
 * @param label the predicted class
 * @param confidence its probability; null when the model does not say
 */
public record Answer(String label, @Nullable Float confidence) {

  private static final String LABEL = "label";
  private static final String CONFIDENCE = "confidence";

  /** Reads the outputs {@code label} and {@code confidence}; empty when there is no label. */
  public static Optional<Answer> of(InferenceResult result) {
    try {
      Optional<Tensor> label = output(result, LABEL);
      if (label.isEmpty()) {
        return Optional.empty();
      }
      Optional<Tensor> confidence = output(result, CONFIDENCE);
      return Optional.of(
          new Answer(
              Tensors.strings(label.get()).get(0),
              confidence.isEmpty() ? null : Tensors.floats(confidence.get())[0]));
    } catch (InvalidTensorException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          "The result of job %s has malformed outputs: %s"
              .formatted(result.getJobId(), e.getMessage()),
          e);
    }
  }

  private static Optional<Tensor> output(InferenceResult result, String name) {
    return result.getOutputs().stream().filter(tensor -> tensor.getName().equals(name)).findFirst();
  }
}
