package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SerializersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aResultGoesUnderItsJobIdAtTheTimeItWasCompleted() throws Exception {
    InferenceResult result =
        InferenceResult.newBuilder()
            .setJobId("job-1")
            .setTenant("default")
            .setModel("m")
            .setFingerprint("f")
            .setStatus(ResultStatus.SUCCEEDED)
            .setOrigin(Origin.COMPUTED)
            .setCreatedAt(NOW)
            .setCompletedAt(NOW.plusMillis(20))
            .build();

    ProducerRecord<byte[], byte[]> sent =
        new ResultSerializer().serialize(result, new NoContext(), 5L);

    assertThat(sent.topic()).isEqualTo("inference.results");
    assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("job-1");
    assertThat(sent.timestamp()).isEqualTo(NOW.plusMillis(20).toEpochMilli());
    assertThat(MessageCodec.RESULTS.decode(sent.value())).isEqualTo(result);
  }

  @Test
  void aDeadLetterKeepsTheOriginalBytes() throws Exception {
    DeadLetter letter =
        new DeadLetter(
            DeadLetterReason.MALFORMED,
            "why",
            "inference.requests",
            1,
            2L,
            NOW,
            NOW,
            null,
            ByteBuffer.wrap(new byte[] {1, 2}),
            List.of());

    ProducerRecord<byte[], byte[]> sent =
        new DeadLetterSerializer().serialize(letter, new NoContext(), 5L);

    assertThat(sent.topic()).isEqualTo("inference.dead-letters");
    assertThat(MessageCodec.DEAD_LETTERS.decode(sent.value())).isEqualTo(letter);
  }

  private static final class NoContext implements KafkaSinkContext {
    @Override
    public int getParallelInstanceId() {
      return 0;
    }

    @Override
    public int getNumberOfParallelInstances() {
      return 1;
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
      return new int[0];
    }
  }
}
