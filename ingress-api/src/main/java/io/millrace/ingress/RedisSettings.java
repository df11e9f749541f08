package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * {@code millrace.redis.*}: where job status and results are read.
 *
 * @param uri {@code redis://host:port}
 * @param resultTtl how long a result is kept after its job has ended
 * @param timeout how long an answer waits for Redis
 */
@ConfigurationProperties("millrace.redis")
public record RedisSettings(
    @Bindable(defaultValue = "redis://localhost:6379") String uri,
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
    Settings.between(PREFIX + "result-ttl", resultTtl, Duration.ofMinutes(1), Duration.ofDays(30));
    Settings.between(PREFIX + "timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(1));
  }
}
