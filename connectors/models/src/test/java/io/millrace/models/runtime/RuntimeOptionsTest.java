package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RuntimeOptionsTest {

  @Test
  void defaultsAreWorkConservingWithTenSecondsACall() {
    // Given // When
    RuntimeOptions options = RuntimeOptions.defaults();

    // Then
    assertThat(options)
        .isEqualTo(
            new RuntimeOptions(
                Runtime.getRuntime().availableProcessors(),
                Duration.ZERO,
                Duration.ofMillis(5),
                16,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                16,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                BreakerOptions.defaults()));
  }

  @Test
  void aWrongNumberIsNamedWithWhatIsExpected() {
    // Given // When // Then
    assertThatThrownBy(() -> TestOptions.patient().withWorkers(0).options())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("workersPerVersion is 0, expected 1 to 1024");
  }

  @Test
  void aWrongDurationIsNamedWithWhatIsExpected() {
    // Given // When // Then
    assertThatThrownBy(() -> TestOptions.patient().withCallTimeout(Duration.ZERO).options())
        .hasMessage("callTimeout is PT0S, expected PT0.001S to PT1H");
  }

  @Test
  void maxBatchDelayIsAtLeastMinBatchDelay() {
    // Given
    Duration longer = Duration.ofMillis(6);
    Duration shorter = Duration.ofMillis(5);

    // When // Then
    assertThatThrownBy(
            () ->
                new RuntimeOptions(
                    1,
                    longer,
                    shorter,
                    1,
                    1,
                    Duration.ofSeconds(1),
                    longer,
                    1,
                    longer,
                    longer,
                    BreakerOptions.defaults()))
        .hasMessage("maxBatchDelay is PT0.005S, expected PT0.006S to PT1H");
  }
}
