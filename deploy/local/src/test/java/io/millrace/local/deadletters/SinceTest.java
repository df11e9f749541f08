package io.millrace.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinceTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-02T12:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "30s, 2026-11-02T11:59:30Z",
    "15m, 2026-11-02T11:45:00Z",
    "12h, 2026-11-02T00:00:00Z",
    "1d, 2026-11-01T12:00:00Z",
    "2026-10-31T08:00:00Z, 2026-10-31T08:00:00Z"
  })
  void isAnAgeOrATime(String text, Instant expected) {
    assertThat(Since.parse(text, NOON)).isEqualTo(expected);
  }

  @Test
  void saysWhatIsExpected() {
    assertThatThrownBy(() -> Since.parse("yesterday", NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30m")
        .hasMessageContaining("'yesterday'");
  }
}
