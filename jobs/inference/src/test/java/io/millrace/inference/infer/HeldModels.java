package io.millrace.inference.infer;

import java.util.concurrent.CompletableFuture;

/**
 * Models whose requests wait until the test lets them go: whoever stops a job meanwhile has
 * requests in flight. One a process, for jobs that run in it.
 */
public final class HeldModels {

  /** What the names of models start with that are held. */
  public static final String PREFIX = "held-";

  private static volatile CompletableFuture<Void> gate = new CompletableFuture<>();

  private HeldModels() {}

  /** Requests wait from now on, also those whose answers other jobs had before. */
  public static void hold() {
    EchoServiceFactory.CACHE.entries.clear();
    gate = new CompletableFuture<>();
  }

  /** Answers those that wait and all that come. */
  public static void release() {
    gate.complete(null);
  }

  static CompletableFuture<Void> pass(String model) {
    return model.startsWith(PREFIX) ? gate : CompletableFuture.completedFuture(null);
  }
}
