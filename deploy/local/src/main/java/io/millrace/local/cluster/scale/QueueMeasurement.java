package io.millrace.local.cluster.scale;

import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisProgressStore;
import io.millrace.ingress.backpressure.QueueMeter;
import io.millrace.ingress.backpressure.QueueReading;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Measures the queue as the API does. For one thread. */
public final class QueueMeasurement implements Supplier<QueueReading>, AutoCloseable {

  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RedisProgressStore progress;
  private final QueueMeter meter;

  private QueueMeasurement(KafkaConsumer<byte[], byte[]> consumer, RedisProgressStore progress) {
    this.consumer = consumer;
    this.progress = progress;
    this.meter = new QueueMeter(consumer, progress);
  }

  /**
   * Opens it. Redis need not be there yet.
   *
   * @param settings of Kafka's client beside the servers
   * @param consumerGroup the job's
   */
  public static QueueMeasurement open(
      String bootstrapServers, String redis, String consumerGroup, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ConsumerConfig.GROUP_ID_CONFIG, consumerGroup);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return new QueueMeasurement(
        new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        RedisProgressStore.open(
            new RedisConfig(redis, REDIS_TIMEOUT, REDIS_TIMEOUT), consumerGroup));
  }

  @Override
  public QueueReading get() {
    return meter.measure();
  }

  @Override
  public void close() {
    consumer.close();
    progress.close();
  }
}
