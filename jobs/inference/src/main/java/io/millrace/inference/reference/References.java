package io.millrace.inference.reference;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Where the references of versions come from. */
public interface References extends AutoCloseable {

  /**
   * The reference of a version. Loads it when it is not there yet; does not fail: a version whose
   * package cannot be read has {@link VersionReference#NONE}, and is tried again later.
   */
  CompletableFuture<VersionReference> of(String model, String version);

  @Override
  void close();

  /** Opens them where an operator runs. */
  interface Factory extends Serializable {
    References open();
  }
}
