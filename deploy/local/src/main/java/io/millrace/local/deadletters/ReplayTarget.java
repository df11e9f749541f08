package io.millrace.local.deadletters;

import io.millrace.security.KafkaCluster;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

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
  static ReplayTarget kafka(KafkaCluster kafka, Listener listener) {
    KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(kafka);
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
