package io.millrace.local.models;

import io.millrace.local.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace models}: what is done with model packages. */
@Command(
    name = "models",
    description = "Trains, makes, lists, verifies, compares and moves model packages.",
    synopsisSubcommandLabel = "COMMAND")
public final class ModelsCommand {

  private ModelsCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new ModelsCommand())
        .addSubcommand(new TrainCommand(terminal))
        .addSubcommand(new InitCommand(terminal))
        .addSubcommand(new ListCommand(terminal))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new VerifyCommand(terminal))
        .addSubcommand(new DiffCommand(terminal))
        .addSubcommand(new PushCommand(terminal))
        .addSubcommand(new PullCommand(terminal))
        .addSubcommand(new AliasCommand(terminal));
  }
}
