package io.millrace.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that need not be there from the start. Lettuce restores a connection that it once
 * had, but gives up on the first one; this tries the first one until it succeeds.
 */
final class Link<C> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final long RETRY_MILLIS = 500;

  private final String address;
  private final Supplier<? extends CompletionStage<C>> connector;
  private final ScheduledExecutorService scheduler;
  private volatile CompletableFuture<C> connection = new CompletableFuture<>();
  private volatile boolean closed;

  private Link(
      String address,
      Supplier<? extends CompletionStage<C>> connector,
      ScheduledExecutorService scheduler) {
    this.address = address;
    this.connector = connector;
    this.scheduler = scheduler;
  }

  static <C> Link<C> open(
      String address,
      Supplier<? extends CompletionStage<C>> connector,
      ScheduledExecutorService scheduler) {
    Link<C> link = new Link<>(address, connector, scheduler);
    link.connect();
    return link;
  }

  /**
   * The connection. It waits for the first attempt only; while later ones go on it has failed, so
   * that nobody is kept waiting.
   */
  CompletableFuture<C> get() {
    return connection;
  }

  private void connect() {
    var unused =
        connector
            .get()
            .whenComplete(
                (connected, failure) -> {
                  if (failure == null) {
                    connected(connected);
                  } else {
                    failed(failure);
                  }
                });
  }

  private void connected(C connected) {
    if (!connection.complete(connected)) {
      connection = CompletableFuture.completedFuture(connected);
      LOG.info("Connected to Redis at {}", address);
    }
  }

  private void failed(Throwable failure) {
    Throwable cause = RedisFailures.rootOf(failure);
    boolean first = connection.completeExceptionally(cause);
    if (closed) {
      return;
    }
    if (first) {
      LOG.warn(
          "Cannot connect to Redis at {} ({}), trying again every {} ms",
          address,
          cause.getMessage(),
          RETRY_MILLIS);
    } else {
      connection = CompletableFuture.failedFuture(cause);
    }
    var unused = scheduler.schedule(this::connect, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stops trying, and lets go of who waits. The connection itself is closed by its client. */
  @Override
  public void close() {
    closed = true;
    connection.completeExceptionally(new IllegalStateException("The connection is closed"));
  }
}
