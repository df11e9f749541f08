package io.millrace.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands records on as they came, so that the job can tell good from bad and lose neither. */
final class ReceivedRecordDeserializer implements KafkaRecordDeserializationSchema<ReceivedRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> source, Collector<ReceivedRecord> out) {
    List<ReceivedRecord.Header> headers = new ArrayList<>();
    source
        .headers()
        .forEach(header -> headers.add(new ReceivedRecord.Header(header.key(), header.value())));
    out.collect(
        new ReceivedRecord(
            source.topic(),
            source.partition(),
            source.offset(),
            source.timestamp(),
            source.key(),
            source.value(),
            headers));
  }

  @Override
  public TypeInformation<ReceivedRecord> getProducedType() {
    return TypeInformation.of(ReceivedRecord.class);
  }
}
