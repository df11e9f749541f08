package io.millrace.ingress;

import java.util.Objects;

/** The server cannot start; the message says which setting or resource is at fault. */
public final class IngressStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private IngressStartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says what the innermost cause says: the frames around it tell of bean wiring. */
  static IngressStartException of(RuntimeException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IngressStartException(
        "The HTTP API cannot start: " + Objects.requireNonNullElse(root.getMessage(), root),
        failure);
  }
}
