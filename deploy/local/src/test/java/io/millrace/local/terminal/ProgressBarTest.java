package io.millrace.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {

  @ParameterizedTest
  @CsvSource({
    "0,    '[....]   0%'",
    "0.5,  '[##..]  50%'",
    "0.999,'[###.]  99%'",
    "1,    '[####] 100%'",
    "7,    '[####] 100%'",
    "-1,   '[....]   0%'",
    "NaN,  '[....]   0%'"
  })
  void drawsTheShareDone(double fraction, String expected) {
    assertThat(ProgressBar.render(fraction, 4)).isEqualTo(expected);
  }
}
