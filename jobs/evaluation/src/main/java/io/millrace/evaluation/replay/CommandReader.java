package io.millrace.evaluation.replay;

import io.millrace.schemas.ContentType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads one model's submissions. What is no command was no request: the inference job put it to the
 * dead letters.
 */
final class CommandReader implements KafkaRecordDeserializationSchema<LoggedCommand> {

  private static final long serialVersionUID = 1L;

  private final String model;

  private final long from;
  private final long to;

  /**
   * @param from of the records' timestamps: offsets alone would let older records through that came
   *     later
   * @param to before which they are
   */
  CommandReader(String model, Instant from, Instant to) {
    this.model = model;
    this.from = from.toEpochMilli();
    this.to = to.toEpochMilli();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LoggedCommand> out) {
    if (record.timestamp() < from || record.timestamp() >= to) {
      return;
    }
    try {
      Header type = record.headers().lastHeader(ContentType.HEADER);
      InferenceCommand command =
          MessageCodec.COMMANDS.decode(
              record.value(),
              type == null ? null : type.value(),
              Instant.ofEpochMilli(record.timestamp()));
      if (command.getModel().equals(model) && command.getCommand() instanceof Submit) {
        out.collect(new LoggedCommand(record.offset(), command));
      }
    } catch (DecodeException e) {
      // A dead letter.
    }
  }

  @Override
  public TypeInformation<LoggedCommand> getProducedType() {
    return TypeInformation.of(LoggedCommand.class);
  }
}
