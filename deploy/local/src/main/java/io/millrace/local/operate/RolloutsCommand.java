package io.millrace.local.operate;

import io.millrace.local.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace rollouts}: candidates on their way into production. */
@Command(
    name = "rollouts",
    description =
        "Starts rollouts, follows them, and takes part in them: a candidate goes from shadow over"
            + " its steps to all traffic by evidence, or is taken back.",
    synopsisSubcommandLabel = "COMMAND")
public final class RolloutsCommand {

  private RolloutsCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    CommandLine line =
        new CommandLine(new RolloutsCommand())
            .addSubcommand(new ShowRolloutCommand(terminal))
            .addSubcommand(new StartRolloutCommand(terminal));
    for (RolloutAction action : RolloutAction.values()) {
      CommandLine sub = new CommandLine(new RolloutActionCommand(action, terminal));
      sub.getCommandSpec().usageMessage().description(action.description());
      line.addSubcommand(action.id(), sub);
    }
    return line;
  }
}
