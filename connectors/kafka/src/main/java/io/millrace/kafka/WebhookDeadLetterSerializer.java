package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.WebhookDeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A delivery that was given up as a record of its topic, keyed by job id. */
final class WebhookDeadLetterSerializer
    implements KafkaRecordSerializationSchema<WebhookDeadLetter> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      WebhookDeadLetter letter, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        Topic.WEBHOOK_DEAD_LETTERS.name(),
        letter.getDelivery().getJobId().getBytes(StandardCharsets.UTF_8),
        MessageCodec.WEBHOOK_DEAD_LETTERS.encode(letter));
  }
}
