package io.millrace.inference.infer;

import io.millrace.inference.publish.Failure;
import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelLoadException;
import io.millrace.models.PredictionException;
import io.millrace.schemas.avro.ErrorReason;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Says in the words of the result contract why there is no answer. */
final class Failures {

  private Failures() {}

  /**
   * The failure behind an exception.
   *
   * @throws CancellationException when the service is closing: that is no answer to anybody, the
   *     request is taken up again after the restore
   */
  static Failure of(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof CancellationException || cause instanceof RejectedExecutionException) {
      CancellationException closing = new CancellationException("The service is closing");
      closing.initCause(cause);
      throw closing;
    }
    return new Failure(reason(cause), message(cause));
  }

  private static ErrorReason reason(Throwable cause) {
    if (cause instanceof InvalidInputException) {
      return ErrorReason.INVALID_INPUT;
    }
    if (cause instanceof ModelLoadException || cause instanceof IllegalArgumentException) {
      return ErrorReason.MODEL_NOT_FOUND;
    }
    if (cause instanceof PredictionException prediction) {
      return switch (prediction.reason()) {
        case MODEL_FAILURE -> ErrorReason.MODEL_FAILURE;
        case NON_FINITE_OUTPUT -> ErrorReason.NON_FINITE_OUTPUT;
        case TIMEOUT -> ErrorReason.TIMEOUT;
        case OUT_OF_MEMORY -> ErrorReason.OUT_OF_MEMORY;
        case CIRCUIT_OPEN -> ErrorReason.CIRCUIT_OPEN;
      };
    }
    return cause instanceof OutOfMemoryError
        ? ErrorReason.OUT_OF_MEMORY
        : ErrorReason.MODEL_FAILURE;
  }

  private static String message(Throwable cause) {
    if (cause instanceof ModelLoadException) {
      // Its message tells operators, in the log, of files and directories; clients need neither.
      return "the version is not in the model repository or cannot be loaded";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
