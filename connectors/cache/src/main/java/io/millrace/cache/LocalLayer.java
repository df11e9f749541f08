package io.millrace.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Encoded answers in this process, bounded in bytes, each until its own time is over. Encoded,
 * because a decoded answer holds buffers with a position, which two readers would share.
 */
final class LocalLayer {

  // Roughly what an entry costs besides its value: key, node, timer.
  private static final int ENTRY_OVERHEAD_BYTES = 256;

  private final Cache<String, byte[]> cache;
  private final Policy.VarExpiration<String, byte[]> expiration;

  /**
   * Creates an empty layer.
   *
   * @param maxBytes about how much heap it may take, overhead included
   */
  LocalLayer(long maxBytes, Ticker ticker) {
    cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((String key, byte[] value) -> value.length + ENTRY_OVERHEAD_BYTES)
            // Every write below says its own duration.
            .expireAfter(Expiry.<String, byte[]>writing((key, value) -> Duration.ZERO))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
    expiration = cache.policy().expireVariably().orElseThrow();
  }

  byte @Nullable [] get(String key) {
    return cache.getIfPresent(key);
  }

  void put(String key, byte[] value, Duration ttl) {
    var unused = expiration.put(key, value, ttl);
  }
}
