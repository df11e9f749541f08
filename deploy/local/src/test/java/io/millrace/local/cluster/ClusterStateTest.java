package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStateTest {

  private static final ProcessIdentity PROCESS = new ProcessIdentity(7, 1_000);
  private static final PartPlan PLAN =
      new PartPlan(
          PartKind.API, 2, List.of("java"), Map.of(), Map.of("http", "http://127.0.0.1:8082"));

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsRead() {
    // Given
    ClusterState state =
        new ClusterState(PROCESS, false, List.of(Part.planned(PLAN).running(PROCESS)));

    // When
    state.write(directory);

    // Then
    assertThat(ClusterState.read(directory)).isEqualTo(state);
    assertThat(ClusterState.read(directory).apis())
        .containsExactly(URI.create("http://127.0.0.1:8082"));
  }

  @Test
  void aDirectoryWithoutAClusterIsNamed() {
    assertThat(ClusterState.find(directory)).isEmpty();
    assertThatThrownBy(() -> ClusterState.read(directory))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("cluster up");
  }

  @Test
  void fieldsOfAnotherVersionDoNotMatter() throws IOException {
    // Given
    Files.writeString(
        directory.resolve("cluster.json"),
        """
        {"supervisor": {"pid": 7, "started_at": 1000, "host": "here"}, "stopping": true,
         "parts": []}
        """);

    // When
    ClusterState state = ClusterState.read(directory);

    // Then
    assertThat(state).isEqualTo(new ClusterState(PROCESS, true, List.of()));
  }

  @Test
  void restartsAreCountedFromTheSecondStart() {
    // Given
    Part started = Part.planned(PLAN).running(PROCESS);

    // When
    Part again = started.ended("signal 9").running(new ProcessIdentity(8, 2_000));

    // Then
    assertThat(started.restarts()).isZero();
    assertThat(again.restarts()).isEqualTo(1);
    assertThat(again.pid()).isEqualTo(8);
    assertThat(again.lastEnd()).isEqualTo("signal 9");
  }

  @Test
  void aPartThatIsNotThereIsToldWithThoseThatAre() {
    ClusterState state = new ClusterState(PROCESS, false, List.of(Part.planned(PLAN)));

    assertThat(state.part(PartKind.API, 2).name()).isEqualTo("api-2");
    assertThatThrownBy(() -> state.part(PartKind.TASK_MANAGER, null))
        .hasMessage("There is no tm-1; there are [api-2]");
  }
}
