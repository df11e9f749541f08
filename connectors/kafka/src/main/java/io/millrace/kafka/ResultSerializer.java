package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A result as a record of its topic, keyed by job id. */
final class ResultSerializer implements KafkaRecordSerializationSchema<InferenceResult> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      InferenceResult result, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        Topic.RESULTS.name(),
        null,
        result.getCompletedAt().toEpochMilli(),
        result.getJobId().getBytes(StandardCharsets.UTF_8),
        MessageCodec.RESULTS.encode(result));
  }
}
