package io.millrace.evaluation.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version replied.
 *
 * @param rows one a row of the inputs; empty when it failed
 * @param callSeconds wall time of the model call
 * @param modelSeconds the question's share of it, so that the questions of a batch sum to the call
 * @param failure why there are no rows; null when there are
 */
public record Reply(
    List<Classification> rows, double callSeconds, double modelSeconds, @Nullable String failure) {

  /** The same, lighter. */
  public Reply withoutProbabilities() {
    return new Reply(
        rows.stream().map(Classification::withoutProbabilities).toList(),
        callSeconds,
        modelSeconds,
        failure);
  }

  static Reply failed(Throwable failure) {
    String message = failure.getMessage();
    return new Reply(
        List.of(), 0, 0, message == null ? failure.getClass().getSimpleName() : message);
  }
}
