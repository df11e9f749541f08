package io.millrace.local.deadletters;

import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters for tests. */
final class Letters {

  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private Letters() {}

  static DeadLetter of(String topic, DeadLetterReason reason, byte @Nullable [] value) {
    return DeadLetter.newBuilder()
        .setReason(reason)
        .setDetail("expected \u001b[31msomething\n else")
        .setTopic(topic)
        .setPartition(2)
        .setOffset(42)
        .setRecordTimestamp(NOON)
        .setRejectedAt(NOON.plusSeconds(1))
        .setKey(ByteBuffer.wrap(bytes("the key")))
        .setValue(value == null ? null : ByteBuffer.wrap(value))
        .setHeaders(
            List.of(
                new RecordHeader("traceparent", ByteBuffer.wrap(bytes("00-ab-cd-01"))),
                new RecordHeader("empty", null)))
        .build();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
