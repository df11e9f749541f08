package io.millrace.local.stack;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Somebody at a Redis, for one command. */
record RedisVisitor(String uri, Path authority, @Nullable String user, @Nullable String password) {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  <T> T ask(Function<RedisCommands<String, String>, T> command) {
    RedisURI address = RedisURI.create(uri);
    address.setTimeout(PATIENCE);
    if (user != null && password != null) {
      address.setUsername(user);
      address.setPassword(password.toCharArray());
    }
    RedisClient client = RedisClient.create(address);
    client.setOptions(
        ClientOptions.builder()
            .sslOptions(SslOptions.builder().trustManager(authority.toFile()).build())
            .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
            .autoReconnect(false)
            .build());
    try {
      return command.apply(client.connect().sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
  }
}
