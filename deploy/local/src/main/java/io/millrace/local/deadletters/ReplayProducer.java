package io.millrace.local.deadletters;

import io.millrace.schemas.Topic;
import io.millrace.security.KafkaCluster;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens producers that put letters back. */
public final class ReplayProducer {

  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private ReplayProducer() {}

  /** The same, of a broker that asks for nothing. */
  public static KafkaProducer<byte[], byte[]> open(String bootstrapServers) {
    return open(KafkaCluster.plain(bootstrapServers));
  }

  /** A producer whose sends end within 30 s, in acknowledgement by all in-sync replicas or not. */
  public static KafkaProducer<byte[], byte[]> open(KafkaCluster kafka) {
    return new KafkaProducer<>(
        kafka.client(
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.MAX_WRITTEN_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (int) DELIVERY.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) DELIVERY.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) DELIVERY.toMillis() / 2)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
