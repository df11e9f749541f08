package io.millrace.ingress.backpressure;

import io.millrace.cache.ProgressStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the queue again and again, on a thread of its own. */
public final class QueuePoller implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(QueuePoller.class);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ProgressStore progress;
  private final Duration interval;
  private final QueueDepth depth;
  private final QueueMetrics metrics;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<?, ?> current;
  private boolean failing;

  QueuePoller(
      Supplier<Consumer<byte[], byte[]>> consumers,
      ProgressStore progress,
      Duration interval,
      QueueDepth depth,
      QueueMetrics metrics) {
    this.consumers = consumers;
    this.progress = progress;
    this.interval = interval;
    this.depth = depth;
    this.metrics = metrics;
    this.thread = new Thread(this::run, "queue-poller");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    Consumer<?, ?> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(2 * CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      current = consumer;
      QueueMeter meter = new QueueMeter(consumer, progress);
      do {
        measure(meter);
      } while (!isClosed());
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void measure(QueueMeter meter) {
    long admitted = depth.admitted();
    try {
      depth.measured(meter.measure(), admitted);
      failing = false;
    } catch (RuntimeException e) {
      if (closed.getCount() == 0) {
        return;
      }
      metrics.failed();
      if (!failing) { // Once an outage.
        failing = true;
        log.warn("The queue cannot be measured, so it refuses nothing: {}", e.toString());
      }
    }
  }

  private boolean isClosed() {
    try {
      return closed.await(interval.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
