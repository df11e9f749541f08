package io.millrace.ingress.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WindowLengthTest {

  @ParameterizedTest
  @CsvSource({
    "10s, PT10S, 10s",
    "60s, PT1M, 1m",
    "90s, PT90S, 90s",
    "1m, PT1M, 1m",
    "1h, PT1H, 1h",
    "24h, P1D, 1d",
    "7d, P7D, 7d"
  })
  void lengthsAreReadAndWritten(String text, Duration length, String label) {
    assertThat(WindowLength.of(text)).contains(length);
    assertThat(WindowLength.label(length)).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "0m", "-1m", "1", "1w", "1M", "100000d", "1 m", "PT1M"})
  void anythingElseIsNone(String text) {
    assertThat(WindowLength.of(text)).isEmpty();
  }
}
