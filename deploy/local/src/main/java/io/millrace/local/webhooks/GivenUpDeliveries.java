package io.millrace.local.webhooks;

import io.millrace.local.deadletters.DeadLetterId;
import io.millrace.local.kafka.TopicReader;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.security.KafkaCluster;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The deliveries in {@code webhook.dead-letters} of a broker. For use by one thread. */
final class GivenUpDeliveries implements AutoCloseable {

  private final TopicReader reader;

  private GivenUpDeliveries(TopicReader reader) {
    this.reader = reader;
  }

  static GivenUpDeliveries open(KafkaCluster kafka) {
    return new GivenUpDeliveries(new TopicReader(kafka, Topic.WEBHOOK_DEAD_LETTERS.name()));
  }

  /**
   * Hands over all of them, one at a time; what is none is left out.
   *
   * @param since leaves out those written before; null for none
   */
  void read(@Nullable Instant since, Consumer<StoredDelivery> deliveries) {
    reader.read(since, record -> delivery(record).ifPresent(deliveries));
  }

  /**
   * One of them.
   *
   * @throws CommandFailedException when there is none
   */
  StoredDelivery find(DeadLetterId id) {
    return reader
        .at(id.partition(), id.offset())
        .flatMap(GivenUpDeliveries::delivery)
        .orElseThrow(() -> new CommandFailedException("There is no webhook delivery " + id));
  }

  private static Optional<StoredDelivery> delivery(ConsumerRecord<byte[], byte[]> record) {
    try {
      byte[] value = record.value();
      return Optional.of(
          new StoredDelivery(
              new DeadLetterId(record.partition(), record.offset()),
              MessageCodec.WEBHOOK_DEAD_LETTERS.decode(value == null ? new byte[0] : value)));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
