package io.millrace.cache;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;

/**
 * Where Redis is and how long it may take.
 *
 * @param uri such as {@code redis://127.0.0.1:6379} or {@code rediss://user:password@host:port/0}
 * @param connectTimeout for opening a connection, at least 1 ms
 * @param commandTimeout for the answer to a command, at least 1 ms
 * @param security what the URI does not say; with {@code rediss://} Redis' certificate has to be
 *     for the host of the URI
 */
public record RedisConfig(
    String uri, Duration connectTimeout, Duration commandTimeout, RedisSecurity security) {

  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofSeconds(1);

  public RedisConfig {
    // The URI may hold a password, so no message repeats it.
    RedisURI parsed;
    try {
      parsed = RedisURI.create(uri);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected(), e);
    }
    if (parsed.getHost() == null) {
      throw new IllegalArgumentException(expected());
    }
    if (parsed.isSsl() && parsed.getVerifyMode() != SslVerifyMode.FULL) {
      throw new IllegalArgumentException("The Redis URI must not turn off verifyPeer");
    }
    if (security.isOfTls() && !parsed.isSsl()) {
      throw new IllegalArgumentException(
          "ca-certificate: expected together with a URI that begins with rediss://");
    }
    checkAtLeastOneMilli("connectTimeout", connectTimeout);
    checkAtLeastOneMilli("commandTimeout", commandTimeout);
  }

  /** With what the URI says alone. */
  public RedisConfig(String uri, Duration connectTimeout, Duration commandTimeout) {
    this(uri, connectTimeout, commandTimeout, RedisSecurity.none());
  }

  /** With the default timeouts: 2 s to connect, 1 s for a command. */
  public static RedisConfig of(String uri, RedisSecurity security) {
    return new RedisConfig(uri, DEFAULT_CONNECT_TIMEOUT, DEFAULT_COMMAND_TIMEOUT, security);
  }

  /** The same, with what the URI says alone. */
  public static RedisConfig of(String uri) {
    return of(uri, RedisSecurity.none());
  }

  private static String expected() {
    return "The Redis URI must have the form redis[s]://[[user:]password@]host[:port][/database]";
  }

  static Duration checkAtLeastOneMilli(String name, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, but is " + duration);
    }
    return duration;
  }

  RedisURI toRedisUri() {
    RedisURI redisUri = RedisURI.create(uri);
    redisUri.setTimeout(commandTimeout);
    security.applyTo(redisUri);
    return redisUri;
  }

  /** Host and port: what may be logged. */
  String address() {
    RedisURI redisUri = RedisURI.create(uri);
    return redisUri.getHost() + ":" + redisUri.getPort();
  }

  /** Leaves the credentials out. */
  @Override
  public String toString() {
    return "RedisConfig["
        + address()
        + ", connectTimeout="
        + connectTimeout
        + ", commandTimeout="
        + commandTimeout
        + "]";
  }
}
