package io.millrace.local.cluster.command;

import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace cluster}. */
@Command(
    name = "cluster",
    description =
        "Runs broker, Redis, ZooKeeper, Flink's JobManager and task managers, and replicas of the"
            + " API as processes of their own on this machine, as they would run on several.",
    synopsisSubcommandLabel = "COMMAND")
public final class ClusterCommand {

  private ClusterCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new ClusterCommand())
        .addSubcommand(new UpCommand(terminal))
        .addSubcommand(new StatusCommand(terminal, Clock.systemUTC()))
        .addSubcommand(new LogsCommand(terminal))
        .addSubcommand(new KillCommand(terminal))
        .addSubcommand(new DownCommand(terminal));
  }
}
