package io.millrace.evaluation.replay;

import io.millrace.evaluation.ask.Classification;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What production answered.
 *
 * @param version that did
 * @param rows without probabilities
 * @param latencySeconds from accepted to completed
 * @param computed whether a model call was made for it; cached and shared answers cost none
 * @param callSeconds wall time of the model call; 0 without one
 * @param modelSeconds the request's share of it
 */
public record ProductionAnswer(
    String version,
    List<Classification> rows,
    double latencySeconds,
    boolean computed,
    double callSeconds,
    double modelSeconds) {

  static final ProductionAnswer NONE = new ProductionAnswer("", List.of(), 0, false, 0, 0);

  /** Empty when the result has no label and confidence. */
  static Optional<ProductionAnswer> of(InferenceResult result) {
    List<Classification> rows;
    try {
      rows =
          Classification.read(result.getOutputs()).stream()
              .map(Classification::withoutProbabilities)
              .toList();
    } catch (InvalidTensorException e) {
      return Optional.empty();
    }
    Execution execution = result.getExecution();
    String version = result.getVersion();
    return Optional.of(
        new ProductionAnswer(
            version == null ? "" : version,
            rows,
            Duration.between(result.getCreatedAt(), result.getCompletedAt()).toMillis() / 1e3,
            execution != null,
            execution == null ? 0 : execution.getBatchSeconds(),
            execution == null ? 0 : execution.getBatchSeconds() / execution.getBatchSize()));
  }
}
