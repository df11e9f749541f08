package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

  // Just before the clock's overflow, which must not matter.
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
  private final Availability availability = new Availability(clock::get);

  @Test
  void permitsEveryoneWhileAllIsWell() {
    // When
    boolean news = availability.succeeded();

    // Then
    assertThat(news).isFalse();
    assertThat(availability.permits()).isTrue();
    assertThat(availability.permits()).isTrue();
  }

  @Test
  void permitsNobodyRightAfterAFailureAndOneCallerAPauseLater() {
    // Given
    assertThat(availability.failed()).isTrue();
    assertThat(availability.failed()).isFalse();
    assertThat(availability.permits()).isFalse();

    // When
    clock.addAndGet(Availability.PAUSE_NANOS);

    // Then
    assertThat(availability.permits()).isTrue();
    assertThat(availability.permits()).isFalse();
  }

  @Test
  void permitsEveryoneAfterASuccess() {
    // Given
    availability.failed();

    // When
    boolean news = availability.succeeded();

    // Then
    assertThat(news).isTrue();
    assertThat(availability.permits()).isTrue();
    assertThat(availability.permits()).isTrue();
  }
}
