package io.millrace.jobs.decode;

import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import java.io.Serializable;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads the records of one contract, of which every well-formed one is good. */
public final class MessageDecoder<T extends SpecificRecordBase> implements RecordDecoder<T> {

  private static final long serialVersionUID = 1L;

  private final CodecSupplier<T> codec;

  /** Finds the codec, which is a constant, where the decoder runs. */
  public interface CodecSupplier<T extends SpecificRecordBase>
      extends Supplier<MessageCodec<T>>, Serializable {}

  public MessageDecoder(CodecSupplier<T> codec) {
    this.codec = codec;
  }

  @Override
  public Decoded<T> decode(ReceivedRecord received, Instant now) {
    try {
      byte[] value = received.value();
      return new Decoded.Understood<>(codec.get().decode(value == null ? new byte[0] : value));
    } catch (DecodeException e) {
      return new Decoded.Refused<>(DeadLetters.of(received, e, now));
    }
  }
}
