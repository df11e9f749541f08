package io.millrace.local.cluster.command;

import io.millrace.local.cluster.ClusterKill;
import io.millrace.local.cluster.ClusterState;
import io.millrace.local.cluster.Part;
import io.millrace.local.cluster.PartKind;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace cluster kill}. */
@Command(
    name = "kill",
    description =
        "Kills a process of a cluster (kill -9), as a crash would. The supervisor starts it again.",
    sortOptions = false)
final class KillCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PART",
      converter = PartKindConverter.class,
      description = "jm, tm, broker, redis, zookeeper or api.")
  private PartKind kind = PartKind.TASK_MANAGER;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Which of several, from 1. Default: the first.")
  private @Nullable Integer index;

  @Mixin private Workspace workspace = new Workspace();

  private final Terminal terminal;

  KillCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ProcessSetup.logTo(workspace.log("cluster"));
    Path directory = workspace.cluster();
    Part killed = new ClusterKill(directory).kill(kind, index);
    terminal.line(
        "Killed %s, process %d, with SIGKILL; %s"
            .formatted(
                killed.name(),
                killed.pid(),
                ClusterState.read(directory).supervisor().isAlive()
                    ? "the supervisor starts it again"
                    : "the supervisor is dead, so nobody starts it again"));
    return 0;
  }
}
