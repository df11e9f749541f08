package io.millrace.models;

import org.jspecify.annotations.Nullable;

/** A model call that gave no usable answer, or was not made. The message holds no payload. */
public final class PredictionException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What went wrong, in the words of the result contract. */
  public enum Reason {
    /** The model or its engine failed. */
    MODEL_FAILURE,
    /** An output is NaN or infinite. */
    NON_FINITE_OUTPUT,
    /** The call used up its time and was stopped. */
    TIMEOUT,
    /** The engine or the process had no memory for the batch. */
    OUT_OF_MEMORY,
    /** The version failed too often of late, so it was not called. */
    CIRCUIT_OPEN
  }

  private final Reason reason;

  public PredictionException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
