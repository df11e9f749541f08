package io.millrace.local.cluster.chaos;

import io.millrace.local.cluster.ClusterKill;
import io.millrace.local.cluster.ClusterState;
import io.millrace.local.cluster.Part;
import io.millrace.local.cluster.PartKind;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.TaskManager;
import io.millrace.local.terminal.CommandFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The processes of a local cluster, which its supervisor starts again. */
public final class ProcessCluster implements KillableCluster {

  private final Path directory;

  public ProcessCluster(Path directory) {
    this.directory = directory;
  }

  @Override
  public Killed kill(Victim victim, int choice) throws InterruptedException {
    ClusterState cluster = ClusterState.read(directory);
    List<Part> parts = candidates(cluster, victim);
    Part part = parts.get(choice % parts.size());
    Part killed = new ClusterKill(directory).kill(part.kind(), part.index());
    return new Killed(killed.name(), victim == Victim.API ? killed.address("http") : null);
  }

  private static List<Part> candidates(ClusterState cluster, Victim victim)
      throws InterruptedException {
    return switch (victim) {
      case TM -> busy(cluster);
      case JM -> cluster.parts(PartKind.JOB_MANAGER);
      case BROKER -> cluster.parts(PartKind.BROKER);
      case REDIS -> cluster.parts(PartKind.REDIS);
      case API -> cluster.parts(PartKind.API);
    };
  }

  /** The loss of one without subtasks would be no harm. */
  private static List<Part> busy(ClusterState cluster) throws InterruptedException {
    Set<String> names =
        new FlinkRest(cluster.flink())
            .taskManagers().stream()
                .filter(taskManager -> taskManager.freeSlots() < taskManager.slots())
                .map(TaskManager::id)
                .collect(Collectors.toSet());
    List<Part> busy =
        cluster.parts(PartKind.TASK_MANAGER).stream()
            .filter(part -> names.contains(part.name()))
            .toList();
    if (busy.isEmpty()) {
      throw new CommandFailedException("No task manager has subtasks: found " + names);
    }
    return busy;
  }
}
