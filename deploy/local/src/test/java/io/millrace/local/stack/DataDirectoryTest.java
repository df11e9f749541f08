package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir private Path root;

  @Test
  void belongsToOneStackAtATime() {
    // Given
    Path path = root.resolve("new/data");
    DataDirectory first = DataDirectory.claim(path);

    // Then
    assertThatThrownBy(() -> DataDirectory.claim(path))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("Another Millrace is running on the data directory " + first.path())
        .hasMessageContaining("--data-dir");

    // When
    first.close();

    // Then
    DataDirectory.claim(path).close();
  }

  @Test
  void startsWithoutTemporaryFiles() throws IOException {
    // Given
    Path left = Files.createDirectories(root.resolve("tmp/old"));
    Files.writeString(left.resolve("spilled"), "data");
    Path kept = Files.writeString(root.resolve("kept"), "data");

    // When
    try (DataDirectory data = DataDirectory.claim(root)) {
      // Then
      assertThat(data.temporary()).isEmptyDirectory();
      assertThat(kept).exists();
    }
  }

  @Test
  void clearsWhatStacksKeepAndNothingElse() throws IOException {
    // Given
    try (DataDirectory data = DataDirectory.claim(root)) {
      Files.createDirectories(data.kafka().resolve("topic"));
      Files.createDirectories(data.redis());
      Files.createDirectories(data.checkpoints());
      Path models = Files.createDirectories(root.resolve("models"));

      // When
      data.clear();

      // Then
      assertThat(data.kafka()).doesNotExist();
      assertThat(data.redis()).doesNotExist();
      assertThat(data.checkpoints()).doesNotExist();
      assertThat(models).exists();
    }
  }
}
