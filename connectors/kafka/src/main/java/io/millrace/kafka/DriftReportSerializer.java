package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DriftReport;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A report of drift as a record of its topic, keyed by model, version and feature. */
final class DriftReportSerializer implements KafkaRecordSerializationSchema<DriftReport> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DriftReport report, KafkaSinkContext context, Long timestamp) {
    String key = report.getModel() + "/" + report.getVersion() + "/" + report.getFeature();
    return new ProducerRecord<>(
        Topic.DRIFT_REPORTS.name(),
        null,
        report.getCreatedAt().toEpochMilli(),
        key.getBytes(StandardCharsets.UTF_8),
        MessageCodec.DRIFT_REPORTS.encode(report));
  }
}
