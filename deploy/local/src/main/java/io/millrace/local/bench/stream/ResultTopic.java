package io.millrace.local.bench.stream;

import io.millrace.schemas.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The results, from now on. */
final class ResultTopic {

  private ResultTopic() {}

  static KafkaConsumer<byte[], byte[]> committed(String bootstrapServers) {
    return open(bootstrapServers, "read_committed");
  }

  static KafkaConsumer<byte[], byte[]> uncommitted(String bootstrapServers) {
    return open(bootstrapServers, "read_uncommitted");
  }

  private static KafkaConsumer<byte[], byte[]> open(String bootstrapServers, String isolation) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.RESULTS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy; asking for the position does it now, before the first request is sent.
    partitions.forEach(consumer::position);
    return consumer;
  }

  /** The sum of the ends of the partitions, as far as the consumer may read. */
  static long end(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(consumer.assignment()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
