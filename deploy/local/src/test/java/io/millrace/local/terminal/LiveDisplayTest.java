package io.millrace.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final AtomicLong now = new AtomicLong();

  @Test
  void writesOverTheLineOnATerminal() {
    // Given
    LiveDisplay display = new LiveDisplay(new Terminal(out, 10, false), now::get);

    // When
    display.update("one");
    now.addAndGet(Duration.ofMillis(50).toNanos());
    display.update("too early");
    now.addAndGet(Duration.ofMillis(50).toNanos());
    display.update("longer than the terminal");
    display.finish("done");

    // Then
    assertThat(output()).isEqualTo("\r\u001b[Kone\r\u001b[Klonger th\r\u001b[Kdone\n");
  }

  @Test
  void writesALineEveryFewSecondsElsewhere() {
    // Given
    LiveDisplay display = new LiveDisplay(new Terminal(out, 0, false), now::get);

    // When
    for (int second = 0; second <= 11; second++) {
      display.update("at " + second);
      now.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    display.finish("done");

    // Then
    assertThat(output()).isEqualTo("at 5\nat 10\ndone\n");
  }

  private String output() {
    return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
