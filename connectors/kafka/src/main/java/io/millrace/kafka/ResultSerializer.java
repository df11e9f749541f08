package io.millrace.kafka;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

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
        MessageCodec.RESULTS.encode(result),
        headers(result.getTraceparent()));
  }

  /** For consumers that follow traces but do not read Avro. */
  private static List<Header> headers(@Nullable String traceparent) {
    return traceparent == null
        ? List.of()
        : List.of(
            new RecordHeader(Traceparent.HEADER, traceparent.getBytes(StandardCharsets.US_ASCII)));
  }
}
