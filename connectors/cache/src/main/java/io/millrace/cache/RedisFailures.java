package io.millrace.cache;

/** What failures in the Redis client mean. */
final class RedisFailures {

  private RedisFailures() {}

  /** The innermost cause: the layers above it only repeat it. */
  static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  static CacheUnavailableException unavailable(String what, String address, Throwable failure) {
    Throwable root = rootOf(failure);
    String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return new CacheUnavailableException(
        "Cannot " + what + " in Redis at " + address + ": " + reason, failure);
  }
}
