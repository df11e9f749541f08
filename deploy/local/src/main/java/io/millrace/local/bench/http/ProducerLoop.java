package io.millrace.local.bench.http;

import io.millrace.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A process that does nothing but write one record again and again, with as many under way as the
 * clients of the API have requests, and with the API's settings of its producer.
 */
public final class ProducerLoop {

  private static final int KEY_BYTES = 32;

  private ProducerLoop() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments bootstrap servers; records under way; the record's value in Base64; a file
   *     that the count of acknowledged records is written to, ten times a second
   */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    int inFlight = Integer.parseInt(arguments[1]);
    byte[] value = Base64.getDecoder().decode(arguments[2]);
    Path counts = Path.of(arguments[3]);
    Semaphore free = new Semaphore(inFlight);
    LongAdder acknowledged = new LongAdder();
    Thread reporter = new Thread(() -> report(acknowledged, counts), "reporter");
    reporter.setDaemon(true);
    reporter.start();
    byte[] key = "k".repeat(KEY_BYTES).getBytes(StandardCharsets.US_ASCII);
    try (KafkaProducer<byte[], byte[]> producer = producer(arguments[0])) {
      for (int number = 0; ; number++) {
        free.acquire();
        byte[] ownKey = key.clone();
        ownKey[0] = (byte) ('a' + number % 26);
        var unused =
            producer.send(
                new ProducerRecord<>(Topic.REQUESTS.name(), ownKey, value),
                (metadata, failure) -> {
                  if (failure == null) {
                    acknowledged.increment();
                  }
                  free.release();
                });
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            1),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void report(LongAdder acknowledged, Path counts) {
    try {
      while (true) {
        Files.write(counts, List.of(Long.toString(acknowledged.sum())));
        Thread.sleep(Duration.ofMillis(100).toMillis());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("The count cannot be written", e);
    }
  }
}
