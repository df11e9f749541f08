package io.millrace.local.deadletters;

import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace dead-letters}: what is done with records that could not be understood. */
@Command(
    name = "dead-letters",
    description = "Lists, shows and replays the records that the job could not understand.",
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {

  private DeadLettersCommand() {}

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new ListCommand(terminal, Clock.systemUTC()))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new ReplayCommand(terminal));
  }
}
