package io.millrace.local.audit;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.security.KafkaCluster;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code inference.results} with isolation level {@code read_committed} into an audit, on a
 * thread of its own.
 */
public final class CommittedResults implements AutoCloseable {

  /** What is computed again after a failure takes its time; a healthy run needs a second or two. */
  public static final Duration COMMIT_TIMEOUT = Duration.ofMinutes(2);

  /** A second result of a job would be committed with one of the next checkpoints. */
  private static final Duration LATE_DUPLICATES = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ResultAudit audit;
  private final LongSupplier nanoTicker;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;

  private CommittedResults(
      KafkaConsumer<byte[], byte[]> consumer, ResultAudit audit, LongSupplier nanoTicker) {
    this.consumer = consumer;
    this.audit = audit;
    this.nanoTicker = nanoTicker;
    thread = new Thread(this::run, "committed-results");
    thread.setDaemon(true);
  }

  /** Where reading starts. */
  public enum From {
    /** With the oldest result that is kept. */
    BEGINNING,
    /** With what is committed from now on. */
    NOW
  }

  /** Starts to read what a broker has that asks for nothing. */
  public static CommittedResults open(String bootstrapServers, From from, ResultAudit audit) {
    return open(KafkaCluster.plain(bootstrapServers), from, audit);
  }

  /** Starts to read. */
  public static CommittedResults open(KafkaCluster kafka, From from, ResultAudit audit) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.RESULTS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    if (from == From.NOW) {
      consumer.seekToEnd(partitions);
    } else {
      consumer.seekToBeginning(partitions);
    }
    // Seeking is lazy; asking for the position does it now, before the first request is sent.
    partitions.forEach(consumer::position);
    CommittedResults results = new CommittedResults(consumer, audit, System::nanoTime);
    results.thread.start();
    return results;
  }

  /**
   * Waits until each job has a committed result.
   *
   * @return whether that came about in time
   */
  public boolean await(Collection<String> jobIds, Duration timeout) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    while (audit.missing(jobIds) > 0) {
      RuntimeException failed = failure;
      if (failed != null) {
        throw failed;
      }
      if (nanoTicker.getAsLong() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return true;
  }

  /**
   * Waits until each job has a committed result, and a second one would be there too.
   *
   * @return whether each had one within {@link #COMMIT_TIMEOUT}
   */
  public boolean awaitAll(Collection<String> jobIds) throws InterruptedException {
    boolean complete = await(jobIds, COMMIT_TIMEOUT);
    TimeUnit.MILLISECONDS.sleep(LATE_DUPLICATES.toMillis());
    return complete;
  }

  private void run() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          audit.add(MessageCodec.RESULTS.decode(record.value()));
        }
      }
    } catch (WakeupException e) {
      // close() asked for it.
    } catch (DecodeException e) {
      failure = new IllegalStateException("A committed result is not valid: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
