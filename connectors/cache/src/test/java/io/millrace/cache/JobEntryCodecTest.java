package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.InferenceResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobEntryCodecTest {

  private static final JobEntry.Accepted JOB =
      new JobEntry.Accepted(
          "job-1", "acme", "support-désk", "1.2.0", Results.CREATED_AT, "fingerprint");

  @Test
  void readsAnAcceptedJobWithAndWithoutAVersion() {
    // Given
    JobEntry.Accepted open =
        new JobEntry.Accepted("job-2", "acme", "support-desk", null, Results.CREATED_AT, null);

    // When // Then
    assertThat(JobEntryCodec.decode("job-1", JobEntryCodec.encode(JOB))).isEqualTo(JOB);
    assertThat(JobEntryCodec.decode("job-2", JobEntryCodec.encode(open))).isEqualTo(open);
  }

  @Test
  void readsAFinishedJob() {
    // Given
    InferenceResult result = Results.succeeded("job-1", "fingerprint");

    // When
    byte[] value = JobEntryCodec.encode(result);

    // Then
    assertThat(JobEntryCodec.decode("job-1", value)).isEqualTo(new JobEntry.Finished(result));
    assertThat(JobEntryCodec.isFinished(Arrays.copyOf(value, 1))).isTrue();
    assertThat(JobEntryCodec.isFinished(JobEntryCodec.encode(JOB))).isFalse();
    assertThat(JobEntryCodec.isFinished(new byte[0])).isFalse();
  }

  @Test
  void readsWhatTheFirstReleaseWroteWithoutAFingerprint() {
    // Given
    byte[] value =
        HexFormat.of()
            .parseHex(
                "01" + "00056a6f622d31000461636d6500026431" + "01000139" + "000000000000002a");

    // When
    JobEntry entry = JobEntryCodec.decode("job-1", value);

    // Then
    assertThat(entry)
        .isEqualTo(
            new JobEntry.Accepted("job-1", "acme", "d1", "9", Instant.ofEpochMilli(42), null));
  }

  @Test
  void ignoresFieldsThatALaterReleaseAppends() {
    // Given
    byte[] value = JobEntryCodec.encode(JOB);

    // When
    byte[] longer = Arrays.copyOf(value, value.length + 7);

    // Then
    assertThat(JobEntryCodec.decode("job-1", longer)).isEqualTo(JOB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "02", "01", "010005", "c301", "c3010000000000000000ff", "7b7d"})
  void refusesWhatIsNoEntryAndNamesTheJob(String hex) {
    // Given
    byte[] value = HexFormat.of().parseHex(hex);

    // When // Then
    assertThatThrownBy(() -> JobEntryCodec.decode("job-1", value))
        .isInstanceOf(CorruptEntryException.class)
        .hasMessageContaining("job-1");
  }
}
