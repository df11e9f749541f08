package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.RolloutDecision;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A decision as a record of its topic, keyed by model. */
final class RolloutDecisionSerializer implements KafkaRecordSerializationSchema<RolloutDecision> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RolloutDecision decision, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        Topic.ROLLOUTS.name(),
        null,
        decision.getDecidedAt().toEpochMilli(),
        decision.getModel().getBytes(StandardCharsets.UTF_8),
        MessageCodec.ROLLOUT_DECISIONS.encode(decision));
  }
}
