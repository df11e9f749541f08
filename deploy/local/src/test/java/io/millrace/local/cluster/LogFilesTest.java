package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

  @TempDir private Path directory;

  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void writeState() throws IOException {
    Files.createDirectories(directory.resolve("logs"));
    new ClusterState(ProcessIdentity.NONE, false, List.of()).write(directory);
  }

  @Test
  void theLastLinesAreWholeOnes() throws IOException {
    Files.write(
        log(), IntStream.range(0, 2_000).mapToObj(i -> "line " + i + " ".repeat(50)).toList());

    assertThat(logs().last("supervisor", 2).stream().map(String::strip))
        .containsExactly("line 1998", "line 1999");
    assertThat(logs().last("supervisor", 5_000)).hasSize(2_000);
  }

  @Test
  void aLogThatIsNotThereYetIsEmpty() throws IOException {
    assertThat(logs().last("supervisor", 10)).isEmpty();
  }

  @Test
  void followingTellsWholeNewLinesAlsoOfTheNextFile() throws IOException {
    // Given
    Files.writeString(log(), "an old line\n");
    LogFiles.Following following = logs().follow("supervisor");

    // When
    Files.writeString(log(), "new\nhal", StandardOpenOption.APPEND);
    following.poll(seen::add);
    Files.writeString(log(), "f\n", StandardOpenOption.APPEND);
    following.poll(seen::add);
    Files.writeString(log(), "rolled\n");
    following.poll(seen::add);

    // Then
    assertThat(seen).containsExactly("new", "half", "rolled");
  }

  private Path log() {
    return directory.resolve("logs/supervisor.log");
  }

  private LogFiles logs() {
    return new LogFiles(directory);
  }
}
