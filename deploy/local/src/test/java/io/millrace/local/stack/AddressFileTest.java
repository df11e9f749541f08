package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressFileTest {

  private static final StackAddresses ADDRESSES =
      new StackAddresses(
          URI.create("http://127.0.0.1:1"),
          URI.create("http://127.0.0.1:2"),
          URI.create("http://127.0.0.1:3/metrics"),
          "127.0.0.1:4",
          "redis://127.0.0.1:5");

  @TempDir private Path directory;

  @Test
  void tellsWhereAStackListensAsLongAsItRuns() throws IOException {
    // Given
    AddressFile file = AddressFile.write(directory, ADDRESSES);

    // Then
    assertThat(AddressFile.read(directory)).contains(ADDRESSES);

    // When
    file.close();

    // Then
    assertThat(AddressFile.read(directory)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftDoesNotCount() throws Exception {
    // Given a process that has ended
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    AddressFile.write(directory, ADDRESSES);
    Path file = directory.resolve("stack.json");
    Files.writeString(
        file, Files.readString(file).replaceAll("\"pid\" : \\d+", "\"pid\" : " + ended.pid()));

    // Then
    assertThat(AddressFile.read(directory)).isEmpty();
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    Files.writeString(directory.resolve("stack.json"), "nonsense");

    assertThatThrownBy(() -> AddressFile.read(directory))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("stack.json");
  }
}
