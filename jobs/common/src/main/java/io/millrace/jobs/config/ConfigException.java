package io.millrace.jobs.config;

import org.jspecify.annotations.Nullable;

/** A configuration that a job does not start with: names the key and what was expected. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String key, String message) {
    this(key, message, null);
  }

  public ConfigException(String key, String message, @Nullable Throwable cause) {
    super(key.isEmpty() ? message : key + ": " + message, cause);
  }
}
