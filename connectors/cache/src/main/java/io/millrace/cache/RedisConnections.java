package io.millrace.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Connections to one Redis: one for commands, shared by all threads, and others to listen on
 * channels. They come back by themselves after Redis was away; meanwhile commands fail at once
 * instead of queueing up.
 */
final class RedisConnections implements AutoCloseable {

  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final int THREADS = 2;
  private static final int MAX_FLUSHES = 256;
  // Commands without an answer yet; more than Redis answers within a usual command timeout.
  private static final int MAX_IN_FLIGHT = 65_536;
  private static final Duration FIRST_RECONNECT_DELAY = Duration.ofMillis(50);
  private static final Duration LAST_RECONNECT_DELAY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  // A connection that only listens learns that its peer is gone from keep-alive probes alone.
  private static final Duration KEEP_ALIVE_IDLE = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(5);
  private static final int KEEP_ALIVE_PROBES = 3;

  private final String address;
  private final RedisURI uri;
  private final ClientResources resources;
  private final RedisClient client;
  private final Link<StatefulRedisConnection<String, byte[]>> commands;

  RedisConnections(RedisConfig config) {
    address = config.address();
    uri = config.toRedisUri();
    resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .reconnectDelay(
                Delay.exponential(
                    FIRST_RECONNECT_DELAY, LAST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .nettyCustomizer(new FewerFlushes())
            .build();
    client = RedisClient.create(resources, uri);
    client.setOptions(options(config));
    commands = Link.open(address, () -> client.connectAsync(CODEC, uri), scheduler());
  }

  private static ClientOptions options(RedisConfig config) {
    return ClientOptions.builder()
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MAX_IN_FLIGHT)
        .sslOptions(config.security().sslOptions())
        .timeoutOptions(TimeoutOptions.enabled(config.commandTimeout()))
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(config.connectTimeout())
                .keepAlive(
                    SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(KEEP_ALIVE_IDLE)
                        .interval(KEEP_ALIVE_INTERVAL)
                        .count(KEEP_ALIVE_PROBES)
                        .build())
                .build())
        .build();
  }

  /**
   * Runs a command.
   *
   * @param what what the command is for, to follow "Cannot" in an error message
   * @return fails with a {@link CacheUnavailableException} alone
   */
  <T> CompletableFuture<T> run(
      String what, Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
    return withConnection(what, connection -> command.apply(connection.async()));
  }

  /** Like {@link #run}, for a library that wants the connection. */
  <T> CompletableFuture<T> withConnection(
      String what, Function<StatefulRedisConnection<String, byte[]>, CompletionStage<T>> command) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    var unused =
        commands
            .get()
            .thenCompose(command)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    outcome.complete(value);
                  } else {
                    outcome.completeExceptionally(
                        RedisFailures.unavailable(what, address, failure));
                  }
                });
    return outcome;
  }

  /** Listens on a channel; the listener is told each time that listening begins (again). */
  Link<StatefulRedisPubSubConnection<String, byte[]>> listen(
      String channel, RedisPubSubListener<String, byte[]> listener) {
    return Link.open(
        address,
        () ->
            client
                .connectPubSubAsync(CODEC, uri)
                .thenCompose(connection -> subscribe(connection, channel, listener)),
        scheduler());
  }

  /**
   * Commands that come while others are being written leave with them in one system call. One that
   * comes alone leaves at once.
   */
  private static final class FewerFlushes implements NettyCustomizer {

    @Override
    public void afterChannelInitialized(Channel channel) {
      channel.pipeline().addFirst(new FlushConsolidationHandler(MAX_FLUSHES, true));
    }
  }

  private static CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> subscribe(
      StatefulRedisPubSubConnection<String, byte[]> connection,
      String channel,
      RedisPubSubListener<String, byte[]> listener) {
    connection.addListener(listener);
    return connection
        .async()
        .subscribe(channel)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                var unused = connection.closeAsync();
              }
            })
        .thenApply(done -> connection);
  }

  ScheduledExecutorService scheduler() {
    return resources.eventExecutorGroup();
  }

  @Override
  public void close() {
    commands.close();
    client.shutdown(Duration.ZERO, CLOSE_TIMEOUT);
    var unused =
        resources
            .shutdown(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(CLOSE_TIMEOUT.toMillis());
  }
}
