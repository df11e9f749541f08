package io.millrace.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DeadLetterReason;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplaysTest {

  private static final DeadLetterId ID = new DeadLetterId(1, 7);

  @Test
  void theRecordIsTheOriginalWithOneHeaderMore() {
    // Given
    byte[] value = {0, -1, 2};
    StoredLetter letter = letter(Topic.REQUESTS.name(), value);

    // When
    ProducerRecord<byte[], byte[]> record = Replays.record(letter);

    // Then
    assertThat(record.topic()).isEqualTo("inference.requests");
    assertThat(record.key()).isEqualTo(Letters.bytes("the key"));
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.partition()).isNull();
    assertThat(record.headers().toArray())
        .extracting(Header::key)
        .containsExactly("traceparent", "empty", "millrace-replay-of");
    assertThat(record.headers().lastHeader("traceparent").value())
        .isEqualTo(Letters.bytes("00-ab-cd-01"));
    assertThat(record.headers().lastHeader("empty").value()).isNull();
    assertThat(record.headers().lastHeader("millrace-replay-of").value())
        .isEqualTo(Letters.bytes("inference.dead-letters-1@7"));
  }

  @Test
  void aRecordWithoutValueStaysOne() {
    assertThat(Replays.record(letter(Topic.REQUESTS.name(), null)).value()).isNull();
  }

  @Test
  void onlyTopicsThatTheJobReadsAreWrittenTo() {
    assertThat(Replays.possible(letter(Topic.REQUESTS.name(), null))).isTrue();
    assertThat(Replays.possible(letter(Topic.DEPLOYMENTS.name(), null))).isTrue();
    assertThat(Replays.possible(letter(Topic.RESULTS.name(), null))).isFalse();
    assertThat(Replays.possible(letter("payments", null))).isFalse();
  }

  private static StoredLetter letter(String topic, byte @Nullable [] value) {
    return new StoredLetter(ID, Letters.of(topic, DeadLetterReason.MALFORMED, value));
  }
}
