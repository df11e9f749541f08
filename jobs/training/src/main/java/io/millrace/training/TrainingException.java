package io.millrace.training;

import org.jspecify.annotations.Nullable;

/** Data that a model cannot be trained on, or a model that does not run. For whoever started it. */
public final class TrainingException extends Exception {

  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    this(message, null);
  }

  public TrainingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
