package io.millrace.inference.reference;

import java.util.concurrent.CompletableFuture;

/** Versions without packages. */
public final class NoReferences implements References.Factory {

  private static final long serialVersionUID = 1L;

  @Override
  public References open() {
    return new References() {
      @Override
      public CompletableFuture<VersionReference> of(String model, String version) {
        return CompletableFuture.completedFuture(VersionReference.NONE);
      }

      @Override
      public void close() {}
    };
  }
}
