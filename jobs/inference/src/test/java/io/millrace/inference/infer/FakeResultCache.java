package io.millrace.inference.infer;

import io.millrace.cache.ResultCache;
import io.millrace.schemas.avro.InferenceResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A cache in memory that never expires. */
final class FakeResultCache implements ResultCache {

  final Map<String, InferenceResult> entries = new ConcurrentHashMap<>();
  final Map<String, InferenceResult> last = new ConcurrentHashMap<>();

  @Override
  public CompletableFuture<Optional<InferenceResult>> find(String fingerprint, String version) {
    return CompletableFuture.completedFuture(
        Optional.ofNullable(entries.get(fingerprint + version)));
  }

  @Override
  public CompletableFuture<Optional<InferenceResult>> findLast(String fingerprint) {
    return CompletableFuture.completedFuture(Optional.ofNullable(last.get(fingerprint)));
  }

  @Override
  public CompletableFuture<Void> put(InferenceResult result, Duration ttl, Duration staleTtl) {
    entries.put(result.getFingerprint() + result.getVersion(), result);
    if (!staleTtl.isZero()) {
      last.put(result.getFingerprint(), result);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
