package io.millrace.local.operate;

import io.millrace.local.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace deployments}: which versions answer. */
@Command(
    name = "deployments",
    description = "Lists, shows and changes which versions of the models answer, and how.",
    synopsisSubcommandLabel = "COMMAND")
public final class DeploymentsCommand {

  private DeploymentsCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new DeploymentsCommand())
        .addSubcommand(new ListDeploymentsCommand(terminal))
        .addSubcommand(new ShowDeploymentCommand(terminal))
        .addSubcommand(new SetDeploymentCommand(terminal));
  }
}
