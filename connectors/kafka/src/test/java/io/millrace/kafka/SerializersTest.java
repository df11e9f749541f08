package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.DriftReference;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftVerdict;
import io.millrace.schemas.avro.FeatureKind;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.ReferenceSource;
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

  @Test
  void reportsGoUnderWhatTheyAreOf() throws Exception {
    CostReport cost =
        CostReport.newBuilder()
            .setModel("m")
            .setVersion("1.0.0")
            .setTenant("acme")
            .setWindowStart(NOW)
            .setWindowEnd(NOW.plusSeconds(60))
            .setComputed(1)
            .setCached(0)
            .setCoalesced(0)
            .setFallback(0)
            .setStale(0)
            .setFailed(0)
            .setTokens(8)
            .setPaddedTokens(10)
            .setComputeSeconds(0.1)
            .setCreatedAt(NOW.plusSeconds(65))
            .build();
    QualityReport quality =
        QualityReport.newBuilder()
            .setModel("m")
            .setVersion("1.0.0")
            .setWindowStart(NOW)
            .setWindowEnd(NOW.plusSeconds(60))
            .setAnswered(1)
            .setLabelled(0)
            .setCreatedAt(NOW.plusSeconds(65))
            .build();
    DriftReport drift =
        DriftReport.newBuilder()
            .setModel("m")
            .setVersion("1.0.0")
            .setFeature("token_count")
            .setKind(FeatureKind.NUMERIC)
            .setWindowStart(NOW)
            .setWindowEnd(NOW.plusSeconds(60))
            .setN(1)
            .setReference(new DriftReference(ReferenceSource.PACKAGE, 500L, null, null))
            .setVerdict(DriftVerdict.INSUFFICIENT)
            .setMethod("jensen_shannon")
            .setScores(List.of())
            .setCreatedAt(NOW.plusSeconds(65))
            .build();

    ProducerRecord<byte[], byte[]> sentCost =
        new CostReportSerializer().serialize(cost, new NoContext(), 5L);
    ProducerRecord<byte[], byte[]> sentQuality =
        new QualityReportSerializer().serialize(quality, new NoContext(), 5L);
    ProducerRecord<byte[], byte[]> sentDrift =
        new DriftReportSerializer().serialize(drift, new NoContext(), 5L);

    assertThat(List.of(sentCost, sentQuality, sentDrift))
        .extracting(sent -> sent.topic() + " " + new String(sent.key(), StandardCharsets.UTF_8))
        .containsExactly(
            "cost.reports m/1.0.0/acme",
            "quality.reports m/1.0.0",
            "drift.reports m/1.0.0/token_count");
    assertThat(MessageCodec.COST_REPORTS.decode(sentCost.value())).isEqualTo(cost);
    assertThat(MessageCodec.QUALITY_REPORTS.decode(sentQuality.value())).isEqualTo(quality);
    assertThat(MessageCodec.DRIFT_REPORTS.decode(sentDrift.value())).isEqualTo(drift);
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
