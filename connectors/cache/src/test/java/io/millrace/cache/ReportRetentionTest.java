package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportRetentionTest {

  @ParameterizedTest
  @CsvSource({"PT10S, P1D", "PT1M, P1D", "PT1H, P30D", "PT23H, P30D", "P1D, P400D", "P7D, P400D"})
  void longerWindowsAreKeptLonger(Duration window, Duration kept) {
    assertThat(ReportRetention.DEFAULT.of(window)).isEqualTo(kept);
  }

  @Test
  void theLongestIsTheLongest() {
    Duration day = Duration.ofDays(1);
    assertThat(ReportRetention.DEFAULT.longest()).isEqualTo(Duration.ofDays(400));
    assertThat(new ReportRetention(Duration.ofDays(2), day, day).longest())
        .isEqualTo(Duration.ofDays(2));
  }

  @Test
  void nothingIsKeptForNoTime() {
    assertThatThrownBy(
            () -> new ReportRetention(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minutes");
  }
}
