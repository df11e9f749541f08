package io.millrace.local.deadletters;

import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where letters are put back. */
interface ReplayTarget extends AutoCloseable {

  /** Hears what became of a letter; called from any thread. */
  interface Listener {

    void replayed(StoredLetter letter, String where);

    void refused(StoredLetter letter, String why);
  }

  void send(StoredLetter letter);

  /** Waits until all letters have been acknowledged or refused. */
  @Override
  void close();

  /** Nothing is sent. */
  static ReplayTarget nowhere(Listener listener) {
    return new ReplayTarget() {
      @Override
      public void send(StoredLetter letter) {
        listener.replayed(letter, letter.letter().getTopic());
      }

      @Override
      public void close() {
        // Nothing is under way.
      }
    };
  }

  /** A letter counts as replayed when all in-sync replicas have it. */
  static ReplayTarget kafka(String bootstrapServers, Listener listener) {
    Duration delivery = Duration.ofSeconds(30);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.MAX_WRITTEN_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (int) delivery.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) delivery.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) delivery.toMillis() / 2),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    return new ReplayTarget() {
      @Override
      public void send(StoredLetter letter) {
        ProducerRecord<byte[], byte[]> record = Replays.record(letter);
        try {
          var unused =
              producer.send(
                  record,
                  (metadata, failure) -> {
                    if (failure == null) {
                      listener.replayed(
                          letter,
                          "%s-%d@%d"
                              .formatted(
                                  metadata.topic(), metadata.partition(), metadata.offset()));
                    } else {
                      listener.refused(letter, String.valueOf(failure.getMessage()));
                    }
                  });
        } catch (KafkaException e) {
          listener.refused(letter, String.valueOf(e.getMessage()));
        }
      }

      @Override
      public void close() {
        producer.close();
      }
    };
  }
}
