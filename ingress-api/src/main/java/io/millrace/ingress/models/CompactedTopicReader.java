package io.millrace.ingress.models;

import io.millrace.ingress.RateLimit;
import io.millrace.schemas.DecodeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a compacted topic from its beginning, on a thread of its own, for as long as the server
 * runs, and tells a {@link TopicView}. When Kafka is away, or the topic not there yet, it tries
 * again.
 */
public final class CompactedTopicReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CompactedTopicReader.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(30);

  private final TopicView view;
  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RateLimit warnings = new RateLimit(LOG_INTERVAL, System::nanoTime);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile boolean connected;

  public CompactedTopicReader(TopicView view, Supplier<Consumer<byte[], byte[]>> consumers) {
    this.view = view;
    this.topic = view.topic().name();
    this.consumers = consumers;
    this.thread = new Thread(this::run, topic + "-reader");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Whether the broker answered the last time it was asked. */
  public boolean isConnected() {
    return connected;
  }

  @Override
  public void close() {
    closed.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(2 * ASK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed(Duration.ZERO)) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        log.debug("The reader of {} is told to end", topic);
      } catch (KafkaException e) {
        if (warnings.tryPass()) {
          log.warn("Cannot read {}, will try again: {}", topic, e.toString());
        }
      }
      current = null;
      connected = false;
      if (isClosed(PAUSE)) {
        return;
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> known = consumer.partitionsFor(topic, ASK);
    if (known == null || known.isEmpty()) {
      if (warnings.tryPass()) {
        log.warn("There is no topic {} yet", topic);
      }
      return;
    }
    List<TopicPartition> partitions =
        known.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (!isClosed(Duration.ZERO)) {
      // Asked each round: it tells whether all is read, and whether the broker is still there.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
      connected = true;
      consumer.poll(POLL).forEach(this::apply);
      boolean all =
          ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
      if (all) {
        view.markCaughtUp();
      }
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      view.remove(key);
      return;
    }
    try {
      view.put(key, record.value());
    } catch (DecodeException e) {
      log.warn(
          "Passed over a record of {} at offset {} that cannot be read: {}",
          topic,
          record.offset(),
          e.getMessage());
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
