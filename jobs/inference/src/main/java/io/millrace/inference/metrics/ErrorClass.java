package io.millrace.inference.metrics;

import io.millrace.schemas.avro.ErrorReason;
import java.util.Locale;

/** Whose failure it is that a job has no answer. */
enum ErrorClass {
  /** The client asked for what cannot be, or no longer wants it: no failure of the service. */
  CLIENT,
  /** The model gave no answer, or none that is one. */
  MODEL,
  /** There was no answer in time. */
  TIMEOUT,
  /** The machine or the deployment. */
  INFRASTRUCTURE;

  static ErrorClass of(ErrorReason reason) {
    return switch (reason) {
      case INVALID_INPUT, CANCELLED -> CLIENT;
      case MODEL_FAILURE, NON_FINITE_OUTPUT, CIRCUIT_OPEN -> MODEL;
      case TIMEOUT, EXPIRED -> TIMEOUT;
      case OUT_OF_MEMORY, MODEL_NOT_FOUND -> INFRASTRUCTURE;
    };
  }

  /** The value of the label {@code class}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
