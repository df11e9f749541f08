package io.millrace.registry;

/** What the registry refuses: a version that is there already, an alias of nothing. */
public final class RegistryException extends Exception {

  private static final long serialVersionUID = 1L;

  public RegistryException(String message) {
    super(message);
  }
}
