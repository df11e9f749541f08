package io.millrace.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in Redis, under {@code millrace:result:<version>:<fingerprint>}, with a layer in this
 * process in front of it. What is there is good until its time is over, also while Redis is away.
 * The last answers are under {@code millrace:last:<fingerprint>}, without a layer in front.
 *
 * <p>Futures complete on a thread that serves the connection, or at once: continue without
 * blocking, or asynchronously.
 */
public final class RedisResultCache implements ResultCache {

  private static final Logger LOG = LoggerFactory.getLogger(RedisResultCache.class);

  private final RedisConnections connections;
  private final @Nullable LocalLayer local;
  private final Availability availability = new Availability(System::nanoTime);
  private final ResultCacheCounters counters = new ResultCacheCounters();

  private RedisResultCache(RedisConnections connections, @Nullable LocalLayer local) {
    this.connections = connections;
    this.local = local;
  }

  /**
   * Opens a cache. Redis need not be there yet: until it is, every look-up is a miss.
   *
   * @param localBytes about how much heap the layer in this process may take; 0 switches it off
   */
  public static RedisResultCache open(RedisConfig config, long localBytes) {
    if (localBytes < 0) {
      throw new IllegalArgumentException("localBytes must be 0 or more, but is " + localBytes);
    }
    LocalLayer local = localBytes == 0 ? null : new LocalLayer(localBytes, Ticker.systemTicker());
    return new RedisResultCache(new RedisConnections(config), local);
  }

  static String key(String fingerprint, String version) {
    return "millrace:result:" + version + ":" + fingerprint;
  }

  static String lastKey(String fingerprint) {
    return "millrace:last:" + fingerprint;
  }

  @Override
  public CompletableFuture<Optional<InferenceResult>> find(String fingerprint, String version) {
    String key = key(fingerprint, version);
    byte[] near = local == null ? null : local.get(key);
    if (near != null) {
      counters.localHits.increment();
      return CompletableFuture.completedFuture(decode(near));
    }
    if (!availability.permits()) {
      counters.unavailableReads.increment();
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return connections
        .run("look up an answer", redis -> redis.get(key))
        .whenComplete((found, failure) -> note(failure))
        .thenCompose(found -> take(key, found))
        .exceptionally(
            failure -> {
              counters.unavailableReads.increment();
              return Optional.empty();
            });
  }

  @Override
  public CompletableFuture<Optional<InferenceResult>> findLast(String fingerprint) {
    // Never from this process: another task manager's answer may be later.
    if (!availability.permits()) {
      counters.unavailableReads.increment();
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return connections
        .run("look up the last answer", redis -> redis.get(lastKey(fingerprint)))
        .handle(
            (value, failure) -> {
              note(failure);
              if (failure != null) {
                counters.unavailableReads.increment();
                return Optional.empty();
              }
              return Optional.ofNullable(value).flatMap(this::decode);
            });
  }

  private CompletableFuture<Optional<InferenceResult>> take(String key, byte @Nullable [] value) {
    if (value == null) {
      counters.misses.increment();
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<InferenceResult> result = decode(value);
    if (result.isEmpty()) {
      return CompletableFuture.completedFuture(result);
    }
    counters.remoteHits.increment();
    return local == null
        ? CompletableFuture.completedFuture(result)
        : keepNear(local, key, value).thenApply(kept -> result);
  }

  /** How long a value is still good is asked on a hit alone: a miss is the usual case. */
  private CompletableFuture<Void> keepNear(LocalLayer near, String key, byte[] value) {
    return connections
        .run("look up how long an answer is good", redis -> redis.pttl(key))
        .handle(
            (ttlMillis, failure) -> {
              note(failure);
              if (failure == null && ttlMillis > 0) {
                near.put(key, value, Duration.ofMillis(ttlMillis));
              }
              return null;
            });
  }

  private Optional<InferenceResult> decode(byte[] value) {
    try {
      return Optional.of(MessageCodec.RESULTS.decode(value));
    } catch (DecodeException e) {
      counters.corruptEntries.increment();
      LOG.debug("An answer in Redis cannot be read", e);
      return Optional.empty();
    }
  }

  @Override
  public CompletableFuture<Void> put(InferenceResult result, Duration ttl, Duration staleTtl) {
    String version = result.getVersion();
    if (result.getStatus() != ResultStatus.SUCCEEDED || version == null) {
      throw new IllegalArgumentException(
          "Only a succeeded result with a version can be cached, but job "
              + result.getJobId()
              + " has the status "
              + result.getStatus()
              + " and the version "
              + version);
    }
    RedisConfig.checkAtLeastOneMilli("ttl", ttl);
    if (!staleTtl.isZero()) {
      RedisConfig.checkAtLeastOneMilli("staleTtl", staleTtl);
    }
    byte[] value = MessageCodec.RESULTS.encode(result);
    if (local != null) {
      local.put(key(result.getFingerprint(), version), value, ttl);
    }
    if (!availability.permits()) {
      counters.unavailableWrites.increment();
      return CompletableFuture.completedFuture(null);
    }
    return connections
        .run("keep an answer", redis -> keep(redis, result, value, ttl, staleTtl))
        .handle(
            (reply, failure) -> {
              note(failure);
              if (failure != null) {
                counters.unavailableWrites.increment();
              }
              return null;
            });
  }

  private static CompletionStage<String> keep(
      RedisAsyncCommands<String, byte[]> redis,
      InferenceResult result,
      byte[] value,
      Duration ttl,
      Duration staleTtl) {
    String fingerprint = result.getFingerprint();
    CompletionStage<String> answer =
        redis.set(key(fingerprint, result.getVersion()), value, SetArgs.Builder.px(ttl));
    if (staleTtl.isZero()) {
      return answer;
    }
    return answer.thenCombine(
        redis.set(lastKey(fingerprint), value, SetArgs.Builder.px(staleTtl)), (kept, last) -> kept);
  }

  private void note(@Nullable Throwable failure) {
    if (failure == null) {
      if (availability.succeeded()) {
        LOG.info("The result cache has Redis back");
      }
    } else if (availability.failed()) {
      LOG.warn("The result cache goes on without Redis: {}", failure.getMessage());
    }
  }

  /** Counts since the cache was opened. */
  public ResultCacheStatistics statistics() {
    return counters.statistics();
  }

  @Override
  public void close() {
    connections.close();
  }
}
