package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultSerializerTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final Instant COMPLETED = Instant.parse("2026-01-01T00:00:01Z");

  @Test
  void aResultIsKeyedByItsJobAndNamesItsTrace() throws Exception {
    ProducerRecord<byte[], byte[]> record = serialize(TRACE);

    assertThat(record.topic()).isEqualTo("inference.results");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("job-1");
    assertThat(record.timestamp()).isEqualTo(COMPLETED.toEpochMilli());
    assertThat(record.headers()).hasSize(1);
    assertThat(
            new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
        .isEqualTo(TRACE);
    assertThat(MessageCodec.RESULTS.decode(record.value()).getTraceparent()).isEqualTo(TRACE);
  }

  @Test
  void aResultWithoutATraceHasNoHeader() {
    assertThat(serialize(null).headers()).isEmpty();
  }

  private static ProducerRecord<byte[], byte[]> serialize(@Nullable String trace) {
    InferenceResult result =
        InferenceResult.newBuilder()
            .setJobId("job-1")
            .setTenant("default")
            .setModel("support-desk")
            .setFingerprint("f")
            .setStatus(ResultStatus.FAILED)
            .setError(new InferenceError(ErrorReason.MODEL_NOT_FOUND, "none"))
            .setCreatedAt(COMPLETED.minusSeconds(1))
            .setCompletedAt(COMPLETED)
            .setTraceparent(trace)
            .build();
    return new ResultSerializer().serialize(result, new NoContext(), 0L);
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
