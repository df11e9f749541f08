package io.millrace.ingress.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "wait=10 | 10",
        "wait = 10 | 10",
        "WAIT=10 | 10",
        "wait=\"10\" | 10",
        "wait=10, respond-async | 10",
        "respond-async, wait=10 | 10",
        "respond-async;x=1, wait=10; y=2 | 10",
        "foo=\"a, wait=3\", wait=10 | 10",
        "foo=\"a\\\", wait=3\", wait=10 | 10",
        "wait=10, wait=20 | 10",
        "wait=0 | 0",
        "wait=99999999999999999999 | 999999999"
      })
  void waitIsRead(String header, long seconds) {
    assertThat(Preference.parse(List.of(header)).maxWait()).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "respond-async",
        "wait",
        "wait=",
        "wait=-1",
        "wait=1.5",
        "wait=ten",
        "wait=\"",
        "waits=1",
        "x;wait=3",
        "wait=\u0661",
        ",;=,"
      })
  void whatIsNoWaitIsPassedOver(String header) {
    assertThat(Preference.parse(List.of(header)).maxWait()).isEmpty();
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(Preference.parse(List.of("respond-async", "wait=5")).maxWait())
        .isEqualTo(Optional.of(Duration.ofSeconds(5)));
  }
}
