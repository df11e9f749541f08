package io.millrace.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterIdTest {

  @Test
  void isWrittenAsItIsRead() {
    assertThat(DeadLetterId.parse("3:1234567890123"))
        .isEqualTo(new DeadLetterId(3, 1234567890123L));
    assertThat(new DeadLetterId(3, 17)).hasToString("3:17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "0-17", "-1:2", "0:1:2", "0:99999999999999999999"})
  void saysWhichFormIsExpected(String text) {
    assertThatThrownBy(() -> DeadLetterId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0:17")
        .hasMessageContaining("'" + text + "'");
  }
}
