package io.millrace.evaluation.replay;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.InferenceResult;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads one model's results. The inference job alone writes them, so all must be readable. */
final class ResultReader implements KafkaRecordDeserializationSchema<LoggedResult> {

  private static final long serialVersionUID = 1L;

  private final String model;

  ResultReader(String model) {
    this.model = model;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LoggedResult> out)
      throws IOException {
    try {
      InferenceResult result = MessageCodec.RESULTS.decode(record.value());
      if (result.getModel().equals(model)) {
        out.collect(new LoggedResult(record.offset(), result));
      }
    } catch (DecodeException e) {
      throw new IOException(
          "The result at %s-%d offset %d cannot be read: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  @Override
  public TypeInformation<LoggedResult> getProducedType() {
    return TypeInformation.of(LoggedResult.class);
  }
}
