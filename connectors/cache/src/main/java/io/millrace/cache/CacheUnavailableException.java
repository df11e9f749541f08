package io.millrace.cache;

import org.jspecify.annotations.Nullable;

/** Redis could not be asked, or did not answer; the message says where it is and why. */
public final class CacheUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CacheUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
