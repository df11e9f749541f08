package io.millrace.evaluation.replay;

import io.millrace.schemas.Topic;
import io.millrace.security.KafkaCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Which records of a topic are read.
 *
 * @param starts first offset of each partition
 * @param ends the offset after the last one of each partition; all before it are committed
 */
record LogRange(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** Records from one time to before another, by their timestamps. */
  static LogRange between(KafkaCluster kafka, Topic topic, Instant from, Instant to) {
    return read(
        kafka,
        topic,
        (consumer, partitions) ->
            new LogRange(offsets(consumer, partitions, from), offsets(consumer, partitions, to)));
  }

  /** Records from one time on, as far as they are committed now. */
  static LogRange since(KafkaCluster kafka, Topic topic, Instant from) {
    return read(
        kafka,
        topic,
        (consumer, partitions) ->
            new LogRange(offsets(consumer, partitions, from), consumer.endOffsets(partitions)));
  }

  /** Offsets, an upper bound of the records. */
  long size() {
    return starts.entrySet().stream()
        .mapToLong(start -> ends.getOrDefault(start.getKey(), start.getValue()) - start.getValue())
        .sum();
  }

  private interface Look {
    LogRange at(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions);
  }

  private static LogRange read(KafkaCluster kafka, Topic topic, Look look) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    // So that the ends are those of what is committed.
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis())),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new KafkaException("There is no topic " + topic.name());
      }
      return look.at(consumer, partitions);
    }
  }

  private static Map<TopicPartition, Long> offsets(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      offsets.put(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset());
    }
    return offsets;
  }
}
