package io.millrace.webhooks.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "' 7 ', PT7S",
    "86401, PT24H",
    "99999999999999999999, PT24H",
    "'Sun, 22 Nov 2026 12:00:30 GMT', PT30S",
    "'Sun, 22 Nov 2026 11:00:00 GMT', PT0S",
    "'Tue, 22 Nov 2050 12:00:00 GMT', PT24H"
  })
  void secondsAndDatesAreUnderstood(String header, Duration wait) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "١٢", "Sun, 99 Nov 2026 12:00:30 GMT"})
  void othersMeanNothing(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isNull();
  }

  @Test
  void noHeaderMeansNothing() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
  }

  @Property
  void aDateMeansTheSameAsItsSeconds(@ForAll @IntRange(max = 86_400) int seconds) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC));
    assertThat(RetryAfter.parse(date, NOW))
        .isEqualTo(RetryAfter.parse(Integer.toString(seconds), NOW));
  }

  @Property
  void noHeaderIsTooMuch(@ForAll String header) {
    Duration wait = RetryAfter.parse(header, NOW);
    if (wait != null) {
      assertThat(wait).isBetween(Duration.ZERO, Duration.ofHours(24));
    }
  }
}
