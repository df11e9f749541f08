package io.millrace.local.deadletters;

import io.millrace.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A dead letter in its topic. */
record StoredLetter(DeadLetterId id, DeadLetter letter) {

  /** Where the record was that could not be understood, as {@code topic-partition@offset}. */
  String source() {
    return "%s-%d@%d".formatted(letter.getTopic(), letter.getPartition(), letter.getOffset());
  }

  /** Bytes of the original value. */
  int size() {
    ByteBuffer value = letter.getValue();
    return value == null ? 0 : value.remaining();
  }

  byte @Nullable [] value() {
    return bytes(letter.getValue());
  }

  byte @Nullable [] key() {
    return bytes(letter.getKey());
  }

  static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
