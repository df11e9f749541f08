package io.millrace.ingress.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobIdsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  private final JobIds ids = new JobIds();

  @Test
  void idSaysWhenItsJobWasAccepted() {
    // When
    String id = ids.next(NOW);

    // Then
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(JobIds.acceptedAt(id)).contains(NOW);
  }

  @Test
  void idsOfOneMillisecondDoNotFollowEachOther() {
    // When
    Set<Long> randomHalves = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      randomHalves.add(UUID.fromString(ids.next(NOW)).getLeastSignificantBits() >>> 16);
    }

    // Then: 46 random bits hardly ever meet, a counter would
    assertThat(randomHalves).hasSize(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "019ab0c4-6f5e-4c31-b1c5-2f7d0a9d3e11",
        "019ab0c46f5e7c31b1c52f7d0a9d3e11",
        "019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e1",
        "{19ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11"
      })
  void anotherTextIsNoId(String text) {
    assertThat(JobIds.acceptedAt(text)).isEmpty();
  }
}
