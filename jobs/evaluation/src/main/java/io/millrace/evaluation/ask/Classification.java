package io.millrace.evaluation.ask;

import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a classifier said of one text, or of whatever else makes a row of its inputs.
 *
 * @param confidence the label's probability, 0 to 1
 * @param probabilities of all labels, in their order; empty where they were not asked for
 */
public record Classification(String label, double confidence, List<Float> probabilities) {

  private static final String LABEL = "label";
  private static final String CONFIDENCE = "confidence";
  private static final String PROBABILITIES = "probabilities";

  /**
   * Reads the outputs of a classifier, one classification a row.
   *
   * @throws InvalidTensorException when label or confidence are not there, or the tensors do not
   *     fit each other
   */
  public static List<Classification> read(List<Tensor> outputs) throws InvalidTensorException {
    List<String> labels = Tensors.strings(required(outputs, LABEL));
    float[] confidences = Tensors.floats(required(outputs, CONFIDENCE));
    Optional<Tensor> named = named(outputs, PROBABILITIES);
    float[] probabilities = named.isPresent() ? Tensors.floats(named.get()) : new float[0];
    if (confidences.length != labels.size()
        || (!labels.isEmpty() && probabilities.length % labels.size() != 0)) {
      throw new InvalidTensorException(
          "the answer has %d labels, %d confidences and %d probabilities"
              .formatted(labels.size(), confidences.length, probabilities.length));
    }
    List<Classification> rows = new ArrayList<>(labels.size());
    for (int row = 0; row < labels.size(); row++) {
      rows.add(
          new Classification(labels.get(row), confidences[row], row(probabilities, row, labels)));
    }
    return rows;
  }

  /** The same, lighter. */
  public Classification withoutProbabilities() {
    return new Classification(label, confidence, List.of());
  }

  private static List<Float> row(float[] probabilities, int row, List<String> labels) {
    int width = probabilities.length / labels.size();
    List<Float> values = new ArrayList<>(width);
    for (int i = row * width; i < (row + 1) * width; i++) {
      values.add(probabilities[i]);
    }
    return values;
  }

  private static Tensor required(List<Tensor> outputs, String name) throws InvalidTensorException {
    return named(outputs, name)
        .orElseThrow(
            () ->
                new InvalidTensorException(
                    "the answer has no output '%s', expected those of a classifier"
                        .formatted(name)));
  }

  private static Optional<Tensor> named(List<Tensor> outputs, String name) {
    return outputs.stream().filter(tensor -> tensor.getName().equals(name)).findFirst();
  }
}
