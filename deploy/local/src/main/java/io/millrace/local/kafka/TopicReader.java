package io.millrace.local.kafka;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.security.KafkaCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed in a topic as it is now. For use by one thread. */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

  private final KafkaCluster kafka;
  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** A reader of one topic of a broker that asks for nothing. */
  public TopicReader(String bootstrapServers, String topic) {
    this(KafkaCluster.plain(bootstrapServers), topic);
  }

  /** A reader of one topic. */
  public TopicReader(KafkaCluster kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
    consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis())),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Reads all records, those of a partition in order.
   *
   * @param since leaves out what Kafka says is older; null for nothing
   * @throws CommandFailedException when the topic is not there, or the broker refuses or does not
   *     answer
   */
  public void read(@Nullable Instant since, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    answered(
        () -> {
          List<TopicPartition> partitions = partitions();
          consumer.assign(partitions);
          Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
          seek(partitions, ends, since);
          while (partitions.stream()
              .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            consumer.poll(POLL).forEach(reader);
          }
        });
  }

  private void seek(
      List<TopicPartition> partitions, Map<TopicPartition, Long> ends, @Nullable Instant since) {
    if (since == null) {
      consumer.seekToBeginning(partitions);
      return;
    }
    Map<TopicPartition, OffsetAndTimestamp> starts =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(p -> p, p -> since.toEpochMilli())));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
    }
  }

  /**
   * Reads one record.
   *
   * @return empty when there is none at this offset, or none any more
   * @throws CommandFailedException when the topic is not there, or the broker refuses or does not
   *     answer
   */
  public Optional<ConsumerRecord<byte[], byte[]>> at(int partition, long offset) {
    Found found = new Found();
    answered(
        () -> {
          TopicPartition wanted = new TopicPartition(topic, partition);
          if (!partitions().contains(wanted)) {
            return;
          }
          consumer.assign(List.of(wanted));
          long end = consumer.endOffsets(List.of(wanted)).getOrDefault(wanted, 0L);
          long beginning = consumer.beginningOffsets(List.of(wanted)).getOrDefault(wanted, 0L);
          if (offset < beginning || offset >= end) {
            return;
          }
          consumer.seek(wanted, offset);
          while (found.record == null && consumer.position(wanted) <= offset) {
            consumer.poll(POLL).records(wanted).stream().findFirst().ifPresent(found::set);
          }
        });
    return Optional.ofNullable(found.record).filter(record -> record.offset() == offset);
  }

  private static final class Found {
    private @Nullable ConsumerRecord<byte[], byte[]> record;

    void set(ConsumerRecord<byte[], byte[]> first) {
      record = first;
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new CommandFailedException("Kafka at %s has no topic %s".formatted(kafka, topic));
    }
    return partitions;
  }

  private void answered(Runnable reading) {
    try {
      reading.run();
    } catch (TimeoutException e) {
      throw new CommandFailedException(
          "Kafka at %s did not answer in %d s".formatted(kafka, ANSWER_TIMEOUT.toSeconds()), e);
    } catch (AuthenticationException | AuthorizationException e) {
      throw new CommandFailedException(
          "Kafka at %s refuses: %s".formatted(kafka, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
