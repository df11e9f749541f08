package io.millrace.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void stylesTextOnATerminal() {
    Terminal terminal = terminal("80", Map.of());

    assertThat(terminal.interactive()).isTrue();
    assertThat(terminal.styled(Style.BOLD, "text")).isEqualTo("\u001b[1mtext\u001b[0m");
  }

  @Test
  void honoursNoColor() {
    Terminal terminal = terminal("80", Map.of("NO_COLOR", "1"));

    assertThat(terminal.interactive()).isTrue();
    assertThat(terminal.styled(Style.BOLD, "text")).isEqualTo("text");
  }

  @Test
  void isPlainOnADumbTerminalOrAFile() {
    assertThat(terminal("80", Map.of("TERM", "dumb")).interactive()).isFalse();
    assertThat(terminal("", Map.of()).interactive()).isFalse();
    assertThat(terminal("wide", Map.of()).colours()).isFalse();
  }

  private static Terminal terminal(String columns, Map<String, String> env) {
    Properties properties = new Properties();
    properties.setProperty(Terminal.COLUMNS_PROPERTY, columns);
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Terminal.of(out, properties, env);
  }
}
