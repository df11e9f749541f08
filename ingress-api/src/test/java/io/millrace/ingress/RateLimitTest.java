package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {

  @Test
  void oneMessagePassesInEachInterval() {
    // Given
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    RateLimit limit = new RateLimit(Duration.ofNanos(10), now::get);

    // When
    boolean first = limit.tryPass();
    now.addAndGet(9);
    boolean tooEarly = limit.tryPass();
    now.addAndGet(1);
    boolean due = limit.tryPass();

    // Then
    assertThat(first).isTrue();
    assertThat(tooEarly).isFalse();
    assertThat(due).isTrue();
  }
}
