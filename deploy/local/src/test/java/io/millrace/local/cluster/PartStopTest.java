package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartStopTest {

  private final List<Process> processes = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final PartStop stop = new PartStop(Duration.ofMillis(500), System::nanoTime, said::add);

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void theApiEndsFirstAndTheBrokerLast() throws Exception {
    // Given
    List<Part> parts =
        List.of(
            part(PartKind.BROKER, Sleeper.start(), 0),
            part(PartKind.ZOOKEEPER, Sleeper.start(), 0),
            part(PartKind.JOB_MANAGER, Sleeper.start(), 0),
            part(PartKind.API, Sleeper.start(), 0));

    // When
    stop.stop(parts);

    // Then
    assertThat(said)
        .containsExactly("Stopping api-1", "Stopping jm", "Stopping zookeeper", "Stopping broker");
    assertThat(processes).noneMatch(Process::isAlive);
  }

  @Test
  void oneThatDoesNotEndIsKilled() throws Exception {
    // Given
    Part deaf = part(PartKind.API, Sleeper.deaf(), 0);

    // When
    stop.stop(List.of(deaf));

    // Then
    assertThat(deaf.isAlive()).isFalse();
    assertThat(said).hasSize(2).last().asString().contains("killing it");
  }

  @Test
  void aStrangerWithTheSameIdIsLeftAlone() throws Exception {
    // Given a process that was started after the part's
    Part part = part(PartKind.API, Sleeper.start(), -60_000);

    // When
    stop.stop(List.of(part));

    // Then
    assertThat(processes).allMatch(Process::isAlive);
    assertThat(said).isEmpty();
  }

  private Part part(PartKind kind, Process process, long startOffset) {
    processes.add(process);
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
    return new Part(
        kind,
        1,
        PartState.RUNNING,
        identity.pid(),
        identity.startedAt() + startOffset,
        0,
        null,
        Map.of());
  }
}
