package io.millrace.ingress;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How the Kafka clients of the API are set up. */
final class KafkaClients {

  /** A number of two characters in JSON, comma included, has up to eight bytes in a tensor. */
  private static final int GROWTH = 4;

  private static final int OVERHEAD_BYTES = 64 * 1_024;
  private static final long BUFFER_BYTES = 64L * 1_024 * 1_024;
  private static final Duration LONGEST_RECONNECT_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

  private KafkaClients() {}

  /** A producer whose acknowledgement means durable, and which gives up in bounded time. */
  static Map<String, Object> producer(KafkaSettings kafka, HttpSettings http) {
    Map<String, Object> config = common(kafka);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ACKS_CONFIG, "all");
    config.put(ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(LINGER_MS_CONFIG, kafka.linger().toMillis());
    config.put(MAX_BLOCK_MS_CONFIG, kafka.maxBlock().toMillis());
    config.put(DELIVERY_TIMEOUT_MS_CONFIG, (int) kafka.deliveryTimeout().toMillis());
    // Half the delivery timeout leaves room for a second attempt.
    long request = Math.min(kafka.deliveryTimeout().toMillis() / 2, LONGEST_REQUEST.toMillis());
    config.put(REQUEST_TIMEOUT_MS_CONFIG, (int) request);
    config.put(BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.put(
        MAX_REQUEST_SIZE_CONFIG,
        (int) Math.min(BUFFER_BYTES, (long) GROWTH * http.maxRequestBytes() + OVERHEAD_BYTES));
    return config;
  }

  /** A consumer of no group that reads what it is told to. */
  static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
    Map<String, Object> config = common(kafka);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A topic made anew has other offsets; it is read from its beginning.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(config);
  }

  private static Map<String, Object> common(KafkaSettings kafka) {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "millrace-ingress");
    config.put(
        CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_PAUSE.toMillis());
    return config;
  }
}
