package io.millrace.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Token buckets in Redis, under {@code millrace:quota:<name>:<perSecond>:<capacity>}, each until it
 * is full again. Calls of one process that wait for one bucket go to Redis together.
 *
 * <p>Futures complete on a thread that serves the connection, or at once: continue without
 * blocking, or asynchronously.
 */
public final class RedisTokenBuckets implements TokenBuckets {

  private static final Logger LOG = LoggerFactory.getLogger(RedisTokenBuckets.class);

  /** Names come from configuration; this only keeps a mistake from filling the memory. */
  private static final int MAX_BUCKETS = 100_000;

  /** Over which a rate that is no whole number is counted. */
  private static final long FINE_SECONDS = 1_000;

  /** By how much longer than until it is full a bucket is kept. */
  private static final Duration SPARE_TIME = Duration.ofSeconds(10);

  private final RedisConnections connections;
  private final RedisConfig config;
  private final Availability availability = new Availability(System::nanoTime);
  private final Cache<String, Bucket> own = Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();
  private volatile @Nullable Shared shared;

  private RedisTokenBuckets(RedisConfig config) {
    this.connections = new RedisConnections(config);
    this.config = config;
  }

  /** Opens the buckets. Redis need not be there yet. */
  public static RedisTokenBuckets open(RedisConfig config) {
    return new RedisTokenBuckets(config);
  }

  static String key(String name, TokenLimit limit) {
    return "millrace:quota:%s:%s:%d".formatted(name, limit.perSecond(), limit.capacity());
  }

  @Override
  public CompletableFuture<TokensTaken> take(String name, TokenLimit limit, long tokens) {
    if (tokens < 1 || tokens > limit.capacity()) {
      throw new IllegalArgumentException(
          "Expected 1 to %d tokens, found %d".formatted(limit.capacity(), tokens));
    }
    String key = key(name, limit);
    if (!availability.permits()) {
      return CompletableFuture.completedFuture(takeOwn(key, limit, tokens));
    }
    return connections
        .withConnection(
            "take tokens",
            connection ->
                shared(connection).bucket(key, limit).tryConsumeAndReturnRemaining(tokens))
        .handle(
            (probe, failure) -> {
              note(failure);
              return failure == null ? taken(probe, true) : takeOwn(key, limit, tokens);
            });
  }

  private TokensTaken takeOwn(String key, TokenLimit limit, long tokens) {
    Bucket bucket = own.get(key, absent -> Bucket.builder().addLimit(bandwidth(limit)).build());
    return taken(bucket.tryConsumeAndReturnRemaining(tokens), false);
  }

  private static TokensTaken taken(ConsumptionProbe probe, boolean shared) {
    return new TokensTaken(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        shared);
  }

  private Shared shared(StatefulRedisConnection<String, byte[]> connection) {
    Shared known = shared;
    if (known == null || known.connection != connection) {
      known = new Shared(connection, config.commandTimeout());
      shared = known;
    }
    return known;
  }

  private static Bandwidth bandwidth(TokenLimit limit) {
    double rate = limit.perSecond();
    boolean whole = rate == Math.rint(rate);
    return Bandwidth.builder()
        .capacity(limit.capacity())
        .refillGreedy(
            whole ? (long) rate : Math.max(1, Math.round(rate * FINE_SECONDS)),
            Duration.ofSeconds(whole ? 1 : FINE_SECONDS))
        .build();
  }

  private void note(@Nullable Throwable failure) {
    if (failure == null) {
      if (availability.succeeded()) {
        LOG.info("The token buckets have Redis back");
      }
    } else if (availability.failed()) {
      LOG.warn(
          "The token buckets go on without Redis, each process with its own: {}",
          failure.getMessage());
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  /** The buckets over one connection. */
  private static final class Shared {

    private final StatefulRedisConnection<String, byte[]> connection;
    private final AsyncProxyManager<String> manager;
    private final Cache<String, AsyncBucketProxy> buckets =
        Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();

    Shared(StatefulRedisConnection<String, byte[]> connection, Duration timeout) {
      this.connection = connection;
      this.manager =
          Bucket4jLettuce.casBasedBuilder(connection)
              .requestTimeout(timeout)
              .expirationAfterWrite(
                  ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE_TIME))
              .build()
              .asAsync();
    }

    /** The same object for the same bucket, which is where calls come together. */
    AsyncBucketProxy bucket(String key, TokenLimit limit) {
      return buckets.get(key, absent -> open(key, limit));
    }

    private AsyncBucketProxy open(String key, TokenLimit limit) {
      BucketConfiguration configuration =
          BucketConfiguration.builder().addLimit(bandwidth(limit)).build();
      return manager
          .builder()
          .withOptimization(Optimizations.batching())
          .build(key, () -> CompletableFuture.completedFuture(configuration));
    }
  }
}
