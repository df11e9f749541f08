package io.millrace.local.deadletters;

import io.millrace.local.kafka.TopicReader;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.security.KafkaCluster;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The dead letters of a broker. For use by one thread. */
final class DeadLetters implements AutoCloseable {

  private final TopicReader reader;

  private DeadLetters(TopicReader reader) {
    this.reader = reader;
  }

  static DeadLetters open(KafkaCluster kafka) {
    return new DeadLetters(new TopicReader(kafka, Topic.DEAD_LETTERS.name()));
  }

  /**
   * Hands over all dead letters, one at a time: one may have megabytes.
   *
   * @param since leaves out those written before; null for none
   * @return how many records of the topic are no dead letters
   */
  int read(@Nullable Instant since, Consumer<StoredLetter> letters) {
    int[] unreadable = {0};
    reader.read(
        since,
        record -> {
          try {
            letters.accept(letter(record));
          } catch (DecodeException e) {
            unreadable[0]++;
          }
        });
    return unreadable[0];
  }

  /**
   * One dead letter.
   *
   * @throws CommandFailedException when there is none, or what is there is none
   */
  StoredLetter find(DeadLetterId id) {
    ConsumerRecord<byte[], byte[]> record =
        reader
            .at(id.partition(), id.offset())
            .orElseThrow(() -> new CommandFailedException("There is no dead letter " + id));
    try {
      return letter(record);
    } catch (DecodeException e) {
      throw new CommandFailedException(
          "The record %s of %s is no dead letter: %s"
              .formatted(id, Topic.DEAD_LETTERS.name(), e.getMessage()),
          e);
    }
  }

  private static StoredLetter letter(ConsumerRecord<byte[], byte[]> record) throws DecodeException {
    byte[] value = record.value();
    return new StoredLetter(
        new DeadLetterId(record.partition(), record.offset()),
        MessageCodec.DEAD_LETTERS.decode(value == null ? new byte[0] : value));
  }

  @Override
  public void close() {
    reader.close();
  }
}
