package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.CostReport;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A report of cost as a record of its topic, keyed by model, version and tenant. */
final class CostReportSerializer implements KafkaRecordSerializationSchema<CostReport> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      CostReport report, KafkaSinkContext context, Long timestamp) {
    String key = report.getModel() + "/" + report.getVersion() + "/" + report.getTenant();
    return new ProducerRecord<>(
        Topic.COST_REPORTS.name(),
        null,
        report.getCreatedAt().toEpochMilli(),
        key.getBytes(StandardCharsets.UTF_8),
        MessageCodec.COST_REPORTS.encode(report));
  }
}
