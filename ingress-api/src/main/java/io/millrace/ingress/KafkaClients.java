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
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How the Kafka clients of the API are set up. */
final class KafkaClients {

  private static final String CLIENT_ID = "millrace-ingress";
  private static final String READ_COMMITTED = "read_committed";

  /** A number of two characters in JSON, comma included, has up to eight bytes in a tensor. */
  private static final int GROWTH = 4;

  private static final int OVERHEAD_BYTES = 64 * 1_024;
  private static final long BUFFER_BYTES = 64L * 1_024 * 1_024;
  private static final Duration LONGEST_RECONNECT_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

  /** Readers of committed records wait for one whose server went away. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(15);

  // Nobody waits for the projection, so it takes records in few large portions.
  private static final int MIN_FETCH_BYTES = 64 * 1_024;
  private static final int MAX_FETCH_BYTES = 4 * 1_024 * 1_024;
  private static final Duration MAX_FETCH_WAIT = Duration.ofMillis(500);
  private static final int MAX_POLL_RECORDS = 1_000;
  private static final Duration GROUP_SESSION = Duration.ofSeconds(10);
  private static final Duration METADATA_AGE = Duration.ofSeconds(30);

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

  /**
   * A producer that writes in transactions, each soon done or given up.
   *
   * @param id the transactional id: who begins with it fences those who began before
   */
  static Producer<byte[], byte[]> transactional(KafkaSettings kafka, HttpSettings http, String id) {
    Map<String, Object> config = producer(kafka, http);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID + "-transactions");
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST_TRANSACTION.toMillis());
    // Beginning and committing wait for more than metadata.
    config.put(MAX_BLOCK_MS_CONFIG, config.get(REQUEST_TIMEOUT_MS_CONFIG));
    return new KafkaProducer<>(config);
  }

  /**
   * A consumer of no group that reads what it is told to.
   *
   * @param purpose tells its metrics from those of the others
   */
  static Consumer<byte[], byte[]> consumer(KafkaSettings kafka, String purpose) {
    return new KafkaConsumer<>(reader(kafka, purpose));
  }

  /** The same, of topics that are written in transactions: it sees those that were committed. */
  static Consumer<byte[], byte[]> committed(KafkaSettings kafka, String purpose) {
    Map<String, Object> config = reader(kafka, purpose);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
    return new KafkaConsumer<>(config);
  }

  private static Map<String, Object> reader(KafkaSettings kafka, String purpose) {
    Map<String, Object> config = common(kafka);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID + "-" + purpose);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A topic made anew has other offsets; it is read from its beginning.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return config;
  }

  /**
   * A member of a group that keeps a part of the read side; whoever uses it keeps the offsets.
   *
   * @param purpose as of {@link #consumer}
   */
  static Consumer<byte[], byte[]> follower(KafkaSettings kafka, String purpose, String group) {
    Map<String, Object> config = reader(kafka, purpose);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) GROUP_SESSION.toMillis());
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE.toMillis());
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, MIN_FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) MAX_FETCH_WAIT.toMillis());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    return new KafkaConsumer<>(config);
  }

  /** Asks for the offsets of a group without being a member of it. */
  static Consumer<byte[], byte[]> observer(KafkaSettings kafka, String group) {
    Map<String, Object> config = reader(kafka, "queue");
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE.toMillis());
    return new KafkaConsumer<>(config);
  }

  private static Map<String, Object> common(KafkaSettings kafka) {
    Map<String, Object> config = kafka.cluster().client(Map.of());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
    config.put(
        CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_PAUSE.toMillis());
    return config;
  }
}
