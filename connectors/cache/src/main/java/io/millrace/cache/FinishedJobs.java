package io.millrace.cache;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells waiters that their jobs have finished. Redis keeps no notification for a listener that is
 * away; so each time that listening begins, the jobs waited for are looked up.
 */
final class FinishedJobs implements AutoCloseable {

  static final String CHANNEL = "millrace:jobs:finished";

  private static final long LOOK_UP_RETRY_MILLIS = 200;

  private final RedisConnections connections;
  private final Waiters waiters;
  private volatile @Nullable Link<StatefulRedisPubSubConnection<String, byte[]>> subscription;
  private volatile boolean closed;

  FinishedJobs(RedisConnections connections, Waiters waiters) {
    this.connections = connections;
    this.waiters = waiters;
  }

  CompletableFuture<Void> await(String jobId) {
    CompletableFuture<Void> waiter = waiters.add(jobId);
    if (subscription == null) {
      listen();
    }
    if (closed) {
      waiters.fail(closedFailure());
    }
    return waiter;
  }

  /** With the first waiter: a store that only writes need not hear of every job that finishes. */
  private synchronized void listen() {
    if (subscription == null && !closed) {
      subscription = connections.listen(CHANNEL, new Listener());
    }
  }

  private void lookUpAll() {
    CompletableFuture<?>[] lookUps =
        waiters.jobs().stream().map(this::lookUp).toArray(CompletableFuture<?>[]::new);
    var unused =
        CompletableFuture.allOf(lookUps)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null && !closed) {
                    lookUpAllLater();
                  }
                });
  }

  /** The connection for commands may come back a moment after the one for notifications. */
  private void lookUpAllLater() {
    var unused =
        connections
            .scheduler()
            .schedule(this::lookUpAll, LOOK_UP_RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Void> lookUp(String jobId) {
    return connections
        .run("look up a finished job", redis -> redis.getrange(RedisJobStore.key(jobId), 0, 0))
        .thenAccept(
            beginning -> {
              if (JobEntryCodec.isFinished(beginning)) {
                waiters.finished(jobId);
              }
            });
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.close();
    }
    waiters.fail(closedFailure());
  }

  private static CacheUnavailableException closedFailure() {
    return new CacheUnavailableException("The job store is closed", null);
  }

  private final class Listener extends RedisPubSubAdapter<String, byte[]> {
    @Override
    public void message(String channel, byte[] jobId) {
      waiters.finished(new String(jobId, StandardCharsets.UTF_8));
    }

    @Override
    public void subscribed(String channel, long count) {
      lookUpAll();
    }
  }
}
