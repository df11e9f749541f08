package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.QualityReport;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A report of quality as a record of its topic, keyed by model and version. */
final class QualityReportSerializer implements KafkaRecordSerializationSchema<QualityReport> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      QualityReport report, KafkaSinkContext context, Long timestamp) {
    String key = report.getModel() + "/" + report.getVersion();
    return new ProducerRecord<>(
        Topic.QUALITY_REPORTS.name(),
        null,
        report.getCreatedAt().toEpochMilli(),
        key.getBytes(StandardCharsets.UTF_8),
        MessageCodec.QUALITY_REPORTS.encode(report));
  }
}
