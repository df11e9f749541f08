package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

  private static final PartPlan PLAN =
      new PartPlan(PartKind.TASK_MANAGER, 1, List.of(), Map.of(), Map.of());

  @TempDir private Path directory;

  private final Queue<Process> started = new ConcurrentLinkedQueue<>();

  @Test
  void aPartThatIsKilledIsStartedAgain() throws Exception {
    try (Supervisor supervisor = start(this::sleeper)) {
      // Given
      assertThat(supervisor).isNotNull();
      await().until(() -> part().isAlive());
      long first = part().pid();

      // When
      Part killed = new ClusterKill(directory).kill(PartKind.TASK_MANAGER);

      // Then
      assertThat(killed.pid()).isEqualTo(first);
      await().until(() -> part().pid() != first && part().isAlive());
      assertThat(part().restarts()).isEqualTo(1);
      assertThat(part().lastEnd()).isEqualTo("signal 9");
    }
    assertThat(started).hasSize(2).noneMatch(Process::isAlive);
    assertThat(part().state()).isEqualTo(PartState.STOPPED);
    assertThat(ClusterState.read(directory).stopping()).isTrue();
  }

  @Test
  void oneThatCannotBeStartedIsToldOf() throws Exception {
    try (Supervisor supervisor =
        start(
            part -> {
              throw new IOException("no such program");
            })) {
      assertThat(supervisor).isNotNull();
      await().until(() -> "no such program".equals(part().lastEnd()));
      assertThat(part().state()).isEqualTo(PartState.RESTARTING);
    }
  }

  private Supervisor start(PartLauncher launcher) {
    return Supervisor.start(directory, List.of(PLAN), launcher, System::nanoTime);
  }

  private Part part() {
    return ClusterState.read(directory).parts().get(0);
  }

  private PartProcess sleeper(PartPlan part) throws IOException {
    Process process = Sleeper.start();
    started.add(process);
    return new ProcessLauncher.Program(process);
  }
}
