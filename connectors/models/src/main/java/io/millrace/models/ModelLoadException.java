package io.millrace.models;

import org.jspecify.annotations.Nullable;

/** A model version that cannot be served: missing, damaged, or refused by its engine. */
public final class ModelLoadException extends Exception {

  private static final long serialVersionUID = 1L;

  public ModelLoadException(String message) {
    this(message, null);
  }

  public ModelLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
