package io.millrace.cache;

import io.millrace.schemas.avro.InferenceResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Successful answers by content and version. When Redis is away a look-up is a miss and a write is
 * lost: neither future fails. Safe for use by several threads.
 */
public interface ResultCache extends AutoCloseable {

  /** The last successful answer of this version to this content. */
  CompletableFuture<Optional<InferenceResult>> find(String fingerprint, String version);

  /**
   * The last successful answer of any version to this content, of whatever process. It is asked for
   * when computing failed, so it counts neither as a hit nor as a miss.
   */
  CompletableFuture<Optional<InferenceResult>> findLast(String fingerprint);

  /**
   * Keeps a succeeded result under its fingerprint and version, and as the last answer to its
   * content.
   *
   * @param staleTtl how long as the last answer; 0 for not at all
   * @throws IllegalArgumentException when the result did not succeed: failures are never cached
   */
  CompletableFuture<Void> put(InferenceResult result, Duration ttl, Duration staleTtl);

  @Override
  void close();
}
