package io.millrace.inference.reference;

import java.util.concurrent.CompletableFuture;

/** References that load for as long as a test says. */
public final class HeldReferences implements References.Factory {

  private static final long serialVersionUID = 1L;

  private static CompletableFuture<VersionReference> reference = new CompletableFuture<>();

  public static void hold() {
    reference = new CompletableFuture<>();
  }

  public static void release(VersionReference loaded) {
    reference.complete(loaded);
  }

  @Override
  public References open() {
    return new References() {
      @Override
      public CompletableFuture<VersionReference> of(String model, String version) {
        return reference;
      }

      @Override
      public void close() {}
    };
  }
}
