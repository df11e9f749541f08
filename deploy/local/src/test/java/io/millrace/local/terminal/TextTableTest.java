package io.millrace.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.terminal.TextTable.Align;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsColumnsUnderTheHeader() {
    // Given
    TextTable table =
        new TextTable(Align.LEFT, Align.RIGHT)
            .header("name", "n")
            .row("ab", "1")
            .row("abcdef", "1,000");

    // When
    var lines = table.lines();

    // Then
    assertThat(lines)
        .containsExactly("name        n", "------  -----", "ab          1", "abcdef  1,000");
  }

  @Test
  void leavesNoTrailingSpaces() {
    assertThat(new TextTable(Align.LEFT, Align.LEFT).row("a", "b").row("c", "long").lines())
        .containsExactly("a  b", "c  long");
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThatThrownBy(() -> new TextTable(Align.LEFT).row("a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row has 2 cells, expected 1");
  }
}
