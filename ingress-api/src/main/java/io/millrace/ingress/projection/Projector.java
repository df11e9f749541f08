package io.millrace.ingress.projection;

import io.millrace.cache.JobProjection;
import io.millrace.cache.ReportStore;
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
 * Projects topics onto a store, on a thread of its own, for as long as the server runs. Several
 * servers share the partitions.
 */
public final class Projector implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Projector.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Supplier<Consumer<byte[], byte[]>> followers;
  private final Supplier<Consumer<byte[], byte[]>> readers;
  private final Projection projection;
  private final Duration ttl;
  private final Clock clock;
  private final FollowerMetrics metrics;
  private final Outage kafkaAway;
  private final Outage storeAway;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  private Projector(
      Supplier<Consumer<byte[], byte[]>> followers,
      Supplier<Consumer<byte[], byte[]>> readers,
      Projection projection,
      Duration ttl,
      Clock clock,
      FollowerMetrics metrics) {
    this.followers = followers;
    this.readers = readers;
    this.projection = projection;
    this.ttl = ttl;
    this.clock = clock;
    this.metrics = metrics;
    this.kafkaAway = new Outage("Kafka", projection.name());
    this.storeAway = new Outage("The store", projection.name());
    this.thread = new Thread(this::run, projection.name() + "-projector");
    this.thread.setDaemon(true);
  }

  /**
   * Projects requests and results onto the job store.
   *
   * @param followers makes members of the consumer group, which read committed records
   * @param readers makes consumers of no group, which see all records
   * @param ttl how long an entry of the store is kept
   */
  public static Projector ofJobs(
      Supplier<Consumer<byte[], byte[]>> followers,
      Supplier<Consumer<byte[], byte[]>> readers,
      JobProjection store,
      Duration ttl,
      Clock clock,
      ProjectionMetrics metrics) {
    return new Projector(
        followers, readers, new RecordEntries(store, metrics), ttl, clock, metrics.follower());
  }

  /**
   * Projects reports of drift, quality and cost.
   *
   * @param ttl how long the reports are kept that are kept the longest; the others as {@link
   *     #ofJobs}
   */
  public static Projector ofReports(
      Supplier<Consumer<byte[], byte[]>> followers,
      Supplier<Consumer<byte[], byte[]>> readers,
      ReportStore store,
      Duration ttl,
      Clock clock,
      ReportProjectionMetrics metrics) {
    return new Projector(
        followers, readers, new ReportEntries(store, metrics), ttl, clock, metrics.follower());
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
        log.debug("The {} projection is told to end", projection.name());
      } catch (RuntimeException e) {
        log.warn("The {} projection failed, it starts again", projection.name(), e);
      }
    } while (!isClosed(PAUSE));
  }

  private void follow() {
    Consumer<byte[], byte[]> consumer = followers.get();
    Consumer<byte[], byte[]> heads = readers.get();
    current = consumer;
    try {
      TopicFollower follower =
          new TopicFollower(consumer, heads, projection, ttl, clock, metrics, kafkaAway, storeAway);
      consumer.subscribe(follower.topics(), follower);
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
