package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerOptionsTest {

  @Test
  void defaultsOpenAfterFiveFailuresForTenSeconds() {
    // Given // When // Then
    assertThat(BreakerOptions.defaults())
        .isEqualTo(new BreakerOptions(5, 50, 100, 20, Duration.ofSeconds(10), 3));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, 100.5f, Float.NaN})
  void aRateIsAPercentage(float rate) {
    // Given // When // Then
    assertThatThrownBy(() -> new BreakerOptions(5, rate, 100, 20, Duration.ofSeconds(10), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("failureRateThreshold is " + rate + ", expected above 0 to 100 percent");
  }

  @Test
  void aWrongValueIsNamedWithWhatIsExpected() {
    // Given
    Duration wait = Duration.ofSeconds(10);

    // When // Then
    assertThatThrownBy(() -> new BreakerOptions(0, 50, 100, 20, wait, 3))
        .hasMessage("consecutiveFailures is 0, expected 1 to 1000000");
    assertThatThrownBy(() -> new BreakerOptions(5, 50, 0, 20, wait, 3))
        .hasMessage("slidingWindowSize is 0, expected 1 to 100000");
    assertThatThrownBy(() -> new BreakerOptions(5, 50, 100, 101, wait, 3))
        .hasMessage("minimumNumberOfCalls is 101, expected 1 to 100");
    assertThatThrownBy(() -> new BreakerOptions(5, 50, 100, 20, Duration.ZERO, 3))
        .hasMessage("waitDurationInOpenState is PT0S, expected PT0.001S to PT1H");
    assertThatThrownBy(() -> new BreakerOptions(5, 50, 100, 20, wait, 0))
        .hasMessage("permittedNumberOfCallsInHalfOpenState is 0, expected 1 to 1000");
  }
}
