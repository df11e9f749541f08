package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

  private static final Duration AT_ONCE = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final RestartBackoff backoff = new RestartBackoff();

  @Test
  void aPartThatRanWellIsStartedAgainAtOnce() {
    assertThat(backoff.after(LONG)).isZero();
    assertThat(backoff.after(LONG)).isZero();
  }

  @Test
  void onesThatDoNotStayUpWaitLongerEachTimeUpToALimit() {
    assertThat(Stream.generate(() -> backoff.after(AT_ONCE)).limit(8).map(Duration::toMillis))
        .containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
  }

  @Test
  void aPartThatStayedUpBeginsAnew() {
    // Given
    Duration first = backoff.after(AT_ONCE);
    Duration second = backoff.after(AT_ONCE);

    // When
    Duration afterLong = backoff.after(LONG);

    // Then
    assertThat(first).isZero();
    assertThat(second).isPositive();
    assertThat(afterLong).isZero();
  }
}
