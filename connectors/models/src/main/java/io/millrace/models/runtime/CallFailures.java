package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts what a call of one version threw into the words of the contract. */
record CallFailures(ModelVersion version) {

  /**
   * @param budgetNanos the time that the call had
   * @param stopped whether the call was stopped: then it was that, whatever the engine says
   */
  PredictionException of(long budgetNanos, Throwable thrown, boolean stopped) {
    if (stopped) {
      return timeout(budgetNanos, thrown);
    }
    if (thrown instanceof PredictionException prediction) {
      return prediction;
    }
    if (thrown instanceof OutOfMemoryError) {
      return new PredictionException(Reason.OUT_OF_MEMORY, version + " ran out of memory", thrown);
    }
    // The class alone: a message could hold payload.
    return new PredictionException(
        Reason.MODEL_FAILURE, version + " threw " + thrown.getClass().getName(), thrown);
  }

  /** An item that is not run because the version's breaker is open. */
  PredictionException circuitOpen() {
    return new PredictionException(
        Reason.CIRCUIT_OPEN, version + " is not called: its circuit breaker is open", null);
  }

  /**
   * @param output the name of the tensor
   */
  PredictionException nonFinite(String output) {
    return new PredictionException(
        Reason.NON_FINITE_OUTPUT,
        "output '%s' of %s holds NaN or infinity, expected finite numbers"
            .formatted(output, version),
        null);
  }

  PredictionException timeout(long budgetNanos, @Nullable Throwable cause) {
    return new PredictionException(
        Reason.TIMEOUT,
        "%s used up its %d ms and was stopped"
            .formatted(version, Duration.ofNanos(budgetNanos).toMillis()),
        cause);
  }
}
