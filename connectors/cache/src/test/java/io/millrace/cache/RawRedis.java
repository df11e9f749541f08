package io.millrace.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/** Looks into Redis, and puts things there, behind the back of what is tested. */
final class RawRedis implements AutoCloseable {

  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;

  /** For tests that are not about timeouts, so that a busy machine does not fail them. */
  static RedisConfig patient(String uri) {
    return new RedisConfig(uri, Duration.ofSeconds(20), Duration.ofSeconds(20));
  }

  RawRedis(String uri) {
    client = RedisClient.create(uri);
    connection = client.connect(RedisConnections.CODEC);
  }

  RedisCommands<String, byte[]> commands() {
    return connection.sync();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
