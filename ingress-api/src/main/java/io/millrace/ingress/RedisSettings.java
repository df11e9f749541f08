package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisSecurity;
import java.time.Duration;

/**
 * {@code millrace.redis.*}: where job status and results are read.
 *
 * @param uri {@code redis://host:port} or {@code rediss://host:port}
 * @param username as of {@link RedisSecurity}, like the next four
 * @param resultTtl how long a result is kept after its job has ended
 * @param timeout how long an answer waits for Redis
 */
@ConfigurationProperties("millrace.redis")
public record RedisSettings(
    @Bindable(defaultValue = "redis://localhost:6379") String uri,
    @Bindable(defaultValue = RedisSecurity.NONE) String username,
    @Bindable(defaultValue = RedisSecurity.NONE) String passwordFile,
    @Bindable(defaultValue = RedisSecurity.NONE) String caCertificate,
    @Bindable(defaultValue = RedisSecurity.NONE) String certificate,
    @Bindable(defaultValue = RedisSecurity.NONE) String certificateKey,
    @Bindable(defaultValue = "24h") Duration resultTtl,
    @Bindable(defaultValue = "1s") Duration timeout) {

  private static final String PREFIX = "millrace.redis.";

  /**
   * @throws IllegalArgumentException when a value is out of its range; says the key and the range
   */
  public RedisSettings {
    if (!uri.startsWith("redis://") && !uri.startsWith("rediss://")) {
      // The value may hold a password, so it is not repeated.
      throw new IllegalArgumentException(PREFIX + "uri: expected redis://host:port");
    }
    try {
      RedisConfig.of(
          uri,
          new RedisSecurity(username, passwordFile, caCertificate, certificate, certificateKey));
    } catch (IllegalArgumentException e) {
      // Without its cause, which says less of the key.
      throw new IllegalArgumentException(PREFIX + e.getMessage());
    }
    Settings.between(PREFIX + "result-ttl", resultTtl, Duration.ofMinutes(1), Duration.ofDays(30));
    Settings.between(PREFIX + "timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(1));
  }

  /** For what is asked while a request waits. */
  public RedisConfig connection() {
    return connection(timeout);
  }

  /** With another time for the answer to a command. */
  RedisConfig connection(Duration commandTimeout) {
    return new RedisConfig(
        uri,
        timeout,
        commandTimeout,
        new RedisSecurity(username, passwordFile, caCertificate, certificate, certificateKey));
  }

  /** The URI may hold a password. */
  @Override
  public String toString() {
    return "RedisSettings[" + connection() + "]";
  }
}
