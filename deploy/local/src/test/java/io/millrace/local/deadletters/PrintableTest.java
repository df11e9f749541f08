package io.millrace.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void whatATerminalWouldActOnBecomesADot() {
    assertThat(Printable.text("a\u001b[2Jb\r\nc\u009bd\u202ee", 100)).isEqualTo("a.[2Jb..c.d.e");
  }

  @Test
  void aLongTextIsCut() {
    assertThat(Printable.text("x".repeat(20), 10)).isEqualTo("xxxxxxx...");
  }

  @Test
  void bytesThatAreNoTextAreHexadecimal() {
    assertThat(Printable.bytes("zürich".getBytes(StandardCharsets.UTF_8), 100)).isEqualTo("zürich");
    assertThat(Printable.bytes(new byte[] {(byte) 0xC3, 1}, 100)).isEqualTo("0xc301");
    assertThat(Printable.bytes(null, 100)).isEqualTo("-");
  }
}
