package io.millrace.evaluation;

import org.jspecify.annotations.Nullable;

/** An evaluation or replay that cannot be done, for whoever asked for it. */
public final class EvaluationException extends Exception {

  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    this(message, null);
  }

  public EvaluationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
