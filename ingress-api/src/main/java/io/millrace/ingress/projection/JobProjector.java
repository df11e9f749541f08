package io.millrace.ingress.projection;

import io.millrace.cache.JobProjection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Projects the topics of requests and results onto the job store, on a thread of its own, for as
 * long as the server runs. Several servers share the partitions.
 */
public final class JobProjector implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JobProjector.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Supplier<Consumer<byte[], byte[]>> followers;
  private final Supplier<Consumer<byte[], byte[]>> readers;
  private final JobProjection store;
  private final Duration ttl;
  private final Clock clock;
  private final ProjectionMetrics metrics;
  private final Outage kafkaAway = new Outage("Kafka");
  private final Outage storeAway = new Outage("The job store");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /**
   * @param followers makes members of the consumer group, which read committed records
   * @param readers makes consumers of no group, which see all records
   * @param ttl how long an entry of the store is kept
   */
  public JobProjector(
      Supplier<Consumer<byte[], byte[]>> followers,
      Supplier<Consumer<byte[], byte[]>> readers,
      JobProjection store,
      Duration ttl,
      Clock clock,
      ProjectionMetrics metrics) {
    this.followers = followers;
    this.readers = readers;
    this.store = store;
    this.ttl = ttl;
    this.clock = clock;
    this.metrics = metrics;
    this.thread = new Thread(this::run, "job-projector");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(3 * CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    do {
      try {
        follow();
      } catch (WakeupException e) {
        log.debug("The job projection is told to end");
      } catch (RuntimeException e) {
        log.warn("The job projection failed, it starts again", e);
      }
    } while (!isClosed(PAUSE));
  }

  private void follow() {
    Consumer<byte[], byte[]> consumer = followers.get();
    Consumer<byte[], byte[]> heads = readers.get();
    current = consumer;
    try {
      TopicFollower follower =
          new TopicFollower(consumer, heads, store, ttl, clock, metrics, kafkaAway, storeAway);
      consumer.subscribe(TopicFollower.TOPICS, follower);
      while (!isClosed(Duration.ZERO)) {
        follower.round();
      }
    } finally {
      current = null;
      consumer.close(CloseOptions.timeout(CLOSE));
      heads.close(CloseOptions.timeout(CLOSE));
    }
  }

  private boolean isClosed(Duration within) {
    try {
      return closed.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
