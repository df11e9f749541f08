package io.millrace.ingress.projection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what the store answers; it does so in bounded time. */
final class Awaiting {

  private Awaiting() {}

  /**
   * @throws RuntimeException the future's own failure
   */
  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
