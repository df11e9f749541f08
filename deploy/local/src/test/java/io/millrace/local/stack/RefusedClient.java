package io.millrace.local.stack;

import io.millrace.security.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tries what should be refused, and does not wait long. */
record RefusedClient(KafkaCluster kafka) {

  private static final int PATIENCE_MILLIS = 1_000;

  /** Ends when a record was acknowledged, or throws. */
  void produce(String topic) throws Throwable {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.client(
                Map.of(
                    "max.block.ms", PATIENCE_MILLIS,
                    "request.timeout.ms", PATIENCE_MILLIS,
                    "linger.ms", 0,
                    "delivery.timeout.ms", PATIENCE_MILLIS)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, "forged".getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  /** Ends when the topic was read from, or throws. */
  void consume(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.client(
                Map.of(
                    "default.api.timeout.ms",
                    PATIENCE_MILLIS,
                    "request.timeout.ms",
                    PATIENCE_MILLIS,
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      consumer.position(partitions.get(0));
      consumer.poll(Duration.ofMillis(PATIENCE_MILLIS));
    }
  }
}
