package io.millrace.local.topics;

import io.millrace.local.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace topics}: what a Kafka needs before Millrace runs on it. */
@Command(
    name = "topics",
    description = "Creates Millrace's topics, and says who may do what with them.",
    synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand {

  private TopicsCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new TopicsCommand())
        .addSubcommand(new CreateCommand(terminal))
        .addSubcommand(new AclsCommand(terminal));
  }
}
